"""Ways to use a page: a pointer where no script runs, the keyboard alone, a finger on a phone.

All do what a person does, by the words on the page: follow a link, press a button, fill in a box.
Where several of the same name stand on a page, `within` gives words of the piece that is meant.
"""

import re
from typing import Protocol

from playwright.sync_api import Download, FilePayload, Locator, Page, expect

from tests.browser.conftest import Screen

MOST_STOPS = 150  # of the tabulator on one page: a page that needs more is no page for a keyboard

PIECES = "main li, main article, main section, main tr, main form, main details, main"
IS_FOCUSED = "one => document.activeElement === one"
SHOWS_FOCUS = """one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return marked && box.bottom > 0 && box.top < innerHeight;
}"""
STAYS = "one => !!one.closest('[hx-get], [hx-post]') || !!one.closest('form')?.dataset.confirm"
AT = "() => document.activeElement.outerHTML.slice(0, 160)"


class Hand(Protocol):
    """Somebody in front of a page."""

    page: Page
    runs_scripts: bool

    def click(self, target: Locator) -> None:
        """Work a link, a button or a summary."""

    def fill(self, box: Locator, typed: str) -> None:
        """Write into a box instead of what stands there."""

    def select(self, box: Locator, option: str) -> None:
        """Choose an option of a list by its words."""

    def tick(self, box: Locator) -> None:
        """Choose a radio button, or mark a box."""

    def untick(self, box: Locator) -> None:
        """Take the mark from a box."""

    def attach(self, box: Locator, file: FilePayload) -> None:
        """Choose a file."""


class Reader:
    """What both hands share: finding things by their words, and reading."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.page = hand.page
        self.runs_scripts = hand.runs_scripts

    def starts_at(self, path: str) -> None:
        """Type an address, as nobody does but for the first."""
        self.page.goto(path)

    def _piece(self, within: str) -> Locator:
        """The innermost piece of the page that says these words."""
        if not within:
            return self.page.locator("body")
        return self.page.locator(PIECES).filter(has_text=within).last

    def follow(self, words: str, *, within: str = "", exact: bool = False) -> None:
        """Follow the first link that says these words."""
        link = self._piece(within).get_by_role("link", name=words, exact=exact).first
        self._leaves(link)

    def goes_to(self, words: str) -> None:
        """Follow a line of the navigation, which a phone keeps behind its menu."""
        line = self.page.get_by_role("navigation", name="Navigasi utama").get_by_role(
            "link", name=re.compile(rf"^{words}( \\d+)?$")
        )
        if not line.is_visible():
            self.unfold("Menu")
        self._leaves(line)

    def press(self, words: str, *, within: str = "") -> None:
        """Press a button; one that asks first is answered with yes."""
        button = self._piece(within).get_by_role("button", name=words, exact=True).first
        self._leaves(button)
        answer = self.page.get_by_role("dialog").get_by_role("button", name=words)
        if answer.count():  # the page asks first
            with self.page.expect_navigation():
                self.hand.click(answer)

    def _leaves(self, target: Locator) -> None:
        target.wait_for()
        if target.evaluate(STAYS):
            self.hand.click(target)
            return
        with self.page.expect_navigation():
            self.hand.click(target)

    def unfold(self, words: str) -> None:
        """Open what is folded up under these words."""
        self.hand.click(self.page.locator("summary").filter(has_text=words).first)

    def write(self, label: str, typed: str, *, within: str = "") -> None:
        self.hand.fill(self._box(label, within), typed)

    def choose(self, label: str, option: str, *, within: str = "") -> None:
        self.hand.select(self._box(label, within), option)

    def mark(self, label: str, *, within: str = "") -> None:
        self.hand.tick(self._box(label, within))

    def unmark(self, label: str, *, within: str = "") -> None:
        self.hand.untick(self._box(label, within))

    def attach(self, label: str, file: FilePayload, *, within: str = "") -> None:
        self.hand.attach(self._box(label, within), file)

    def _box(self, label: str, within: str) -> Locator:
        """The box of a label, which may say after it that it is required."""
        named = re.compile(rf"^\s*{re.escape(label)}\s*(\(wajib\))?\s*$")
        return self._piece(within).get_by_label(named).first

    def downloads(self, words: str, *, within: str = "") -> Download:
        """Follow a link that gives a file."""
        link = self._piece(within).get_by_role("link", name=words).first
        with self.page.expect_download() as coming:
            self.hand.click(link)
        return coming.value

    def sees(self, *words: str, within: str = "") -> None:
        """The page says these words, or comes to say them."""
        piece = self._piece(within) if within else self.page.locator("main")
        for sentence in words:
            expect(piece).to_contain_text(sentence)

    def misses(self, *words: str) -> None:
        """The page does not say these words."""
        for sentence in words:
            expect(self.page.locator("main")).not_to_contain_text(sentence)


class Pointer:
    """A finger on a page without scripts."""

    runs_scripts = False

    def __init__(self, screen: Screen) -> None:
        self.page = screen.page

    def click(self, target: Locator) -> None:
        target.click()

    def fill(self, box: Locator, typed: str) -> None:
        box.fill(typed)

    def select(self, box: Locator, option: str) -> None:
        box.select_option(label=option)

    def tick(self, box: Locator) -> None:
        box.check()

    def untick(self, box: Locator) -> None:
        box.uncheck()

    def attach(self, box: Locator, file: FilePayload) -> None:
        box.set_input_files(file)


class Finger(Pointer):
    """A finger on a phone: it taps, and what it marks it marks by the label."""

    runs_scripts = True

    def click(self, target: Locator) -> None:
        target.tap()

    def tick(self, box: Locator) -> None:
        if not box.is_checked():
            self._tap_label(box)
        assert box.is_checked()

    def untick(self, box: Locator) -> None:
        if box.is_checked():
            self._tap_label(box)
        assert not box.is_checked()

    def _tap_label(self, box: Locator) -> None:
        self.page.locator(f"label[for='{box.get_attribute('id')}']").tap()


class Keyboard:
    """Ten fingers and no pointer: what cannot be reached by the tabulator is not there."""

    runs_scripts = True

    def __init__(self, screen: Screen) -> None:
        self.page = screen.page
        self.keys = screen.page.keyboard
        # The browser hands its file window over only from when it was told that somebody waits:
        # told at the key press itself, it may hear the key first, and nothing ever comes.
        self.page.on("filechooser", lambda _window: None)

    def _reach(self, target: Locator) -> None:
        """Move on, stop by stop, until the target is in focus; the focus has to show."""
        self._stop_at(target, IS_FOCUSED)
        self._shows_focus(target)

    def _stop_at(self, target: Locator, is_there: str) -> None:
        target.wait_for()
        element = target.element_handle()  # asked at every stop: not to be sought each time
        for _ in range(MOST_STOPS):
            if element.evaluate(is_there):
                return
            self.keys.press("Tab")
        raise AssertionError(f"{MOST_STOPS} stops do not lead to {target} on {self.page.url}")

    def _shows_focus(self, target: Locator) -> None:
        assert target.evaluate(SHOWS_FOCUS), f"the focus does not show: {self.page.evaluate(AT)}"

    def click(self, target: Locator) -> None:
        self._reach(target)
        self.keys.press("Enter")

    def fill(self, box: Locator, typed: str) -> None:
        self._reach(box)
        self.keys.press("Control+A")
        self.keys.type(typed)

    def select(self, box: Locator, option: str) -> None:
        self._reach(box)
        self.keys.press("Home")
        for _ in range(box.locator("option").count()):
            if box.evaluate("one => one.selectedOptions[0].text") == option:
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"no option {option} in {box}")

    def tick(self, box: Locator) -> None:
        """Arrows move among radio buttons, which are one stop together; space marks a box."""
        self._stop_at(box, "one => document.activeElement.name === one.name")
        while not box.is_checked():
            key = "Space" if box.evaluate(IS_FOCUSED) else "ArrowDown"
            self.keys.press(key)
        self._shows_focus(box)

    def untick(self, box: Locator) -> None:
        self._reach(box)
        if box.is_checked():
            self.keys.press("Space")

    def attach(self, box: Locator, file: FilePayload) -> None:
        self._reach(box)
        with self.page.expect_file_chooser() as chooser:
            self.keys.press("Space")
        chooser.value.set_files(file)
