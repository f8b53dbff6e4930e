"""All pages of the site side by side, as the crawler saw them."""

from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

STYLE = """
    body { font: 14px sans-serif; margin: 16px; background: #777; color: #fff }
    main { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start }
    figure { margin: 0; width: 300px } figure.wide { width: 480px }
    img { width: 100%; max-height: 1200px; object-fit: cover; object-position: top }
    figcaption { overflow-wrap: anywhere }
"""


def picture_name(state: str, route: str, actor: str, width: int, scheme: str) -> Path:
    """Where the picture of one page lies below the folder of the sheet."""
    return Path(state) / f"{width}-{scheme}" / f"{route.replace(':', '.')}~{actor}.png"


def write_sheets(folder: Path, chromium: str, arguments: list[str]) -> None:
    """Write `index.html` over all pictures below `folder`, and one PNG for each state and mode."""
    pages = []
    for mode in sorted({picture.parent for picture in folder.glob("*/*/*.png")}):
        title = f"{mode.parent.name} · {mode.name}"
        wide = " class='wide'" if mode.name.startswith("1280") else ""
        figures = "".join(
            f"<figure{wide}><a href='{escape(str(picture.relative_to(folder)))}'>"
            f"<img loading='lazy' src='{escape(str(picture.relative_to(folder)))}'></a>"
            f"<figcaption>{escape(picture.stem)}</figcaption></figure>"
            for picture in sorted(mode.glob("*.png"))
        )
        sheet = f"<h1>{escape(title)}</h1><main>{figures}</main>"
        pages.append((folder / f"{mode.parent.name}-{mode.name}", sheet))
    head = f"<!doctype html><meta charset='utf-8'><title>Martahi</title><style>{STYLE}</style>"
    (folder / "index.html").write_text(head + "".join(sheet for _, sheet in pages))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(viewport={"width": 1980, "height": 1000})
        for name, sheet in pages:
            source = name.with_suffix(".html")
            source.write_text(head + sheet.replace("loading='lazy' ", ""))
            page.goto(source.resolve().as_uri())
            page.screenshot(path=name.with_suffix(".png"), full_page=True)
            source.unlink()
        browser.close()
