"use strict";

// The ranking of a ballot as a list that shows its order, and whose rows a finger or a mouse drags.
//
// An extra: what counts are the number fields of the ballot, which this list only reads and writes.
// A row is dragged by its handle alone (touch-action: none), so that a finger anywhere else scrolls.
// While a row is dragged the others step aside and it stays where it is in the document: a row that
// is moved there would lose the pointer.

(() => {
  const list = document.querySelector("[data-ranking]");
  if (!list) return;
  const form = list.closest("form");
  const end = list.querySelector("[data-ranking-end]");
  const aim = list.querySelector("[data-ranking-aim]");
  const rows = [...list.querySelectorAll("[data-ranks]")];
  const near = 56; // pixels from the edge of the window at which the page scrolls along

  const fieldOf = (row) => form.elements[row.dataset.ranks];
  const rankOf = (row) => {
    const typed = fieldOf(row).value.trim();
    return /^[1-9][0-9]{0,2}$/.test(typed) ? Number(typed) : Infinity;
  };

  // Ranked rows by their ranks, then the line, then those without; equal ones as on the ballot.
  const draw = () => {
    const ranked = rows.filter((row) => Number.isFinite(rankOf(row)));
    ranked.sort((one, other) => rankOf(one) - rankOf(other));
    list.append(aim, ...ranked, end, ...rows.filter((row) => !ranked.includes(row)));
    aim.hidden = ranked.length > 0;
    for (const row of rows) {
      const rank = rankOf(row);
      row.querySelector("[data-place]").textContent = Number.isFinite(rank) ? rank : "–";
    }
  };

  // The ranks that the order of the rows says: equal neighbours stay equal, the dragged row does not.
  const write = (dragged) => {
    let rank = 0;
    let above = null;
    let isRanked = true;
    for (const row of [...list.children]) {
      if (row === end) isRanked = false;
      if (!rows.includes(row)) continue;
      if (!isRanked) {
        if (row === dragged) fieldOf(row).value = "";
        continue;
      }
      const old = row === dragged ? null : rankOf(row);
      if (old === null || old !== above) rank += 1;
      above = old;
      fieldOf(row).value = rank;
    }
    form.dispatchEvent(new Event("change"));
  };

  // Let the rows that the pointer has passed step over to the other side of the dragged one.
  const stepAside = (dragged, y) => {
    const middle = (row) => {
      const box = row.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    const beside = (side) => {
      let row = dragged[side];
      while (row?.hidden) row = row[side];
      return row;
    };
    for (let row; (row = beside("previousElementSibling")) && row !== aim && y < middle(row); ) {
      dragged.after(row);
    }
    for (let row; (row = beside("nextElementSibling")) && y > middle(row); ) dragged.before(row);
  };

  for (const row of rows) {
    const handle = row.querySelector("[data-handle]");
    let pointer = null;
    let before = [];
    const drop = (isMeant) => {
      if (pointer === null) return;
      pointer = null;
      delete row.dataset.dragged;
      const isMoved = [...list.children].some((other, place) => other !== before[place]);
      if (isMeant && isMoved) write(row);
      else draw();
    };
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || pointer !== null) return;
      event.preventDefault();
      pointer = event.pointerId;
      before = [...list.children];
      handle.setPointerCapture(pointer);
      row.dataset.dragged = "yes";
    });
    handle.addEventListener("pointermove", (event) => {
      if (event.pointerId !== pointer) return;
      stepAside(row, event.clientY);
      if (event.clientY < near) scrollBy(0, -near / 4);
      else if (event.clientY > innerHeight - near) scrollBy(0, near / 4);
    });
    handle.addEventListener("pointerup", () => drop(true));
    handle.addEventListener("pointercancel", () => drop(false));
    handle.addEventListener("lostpointercapture", () => drop(false));
    addEventListener("keydown", (event) => event.key === "Escape" && drop(false));
  }

  for (const kind of ["input", "change"]) form.addEventListener(kind, draw);
  draw();
})();
