"use strict";

// What a half-filled ballot gains from scripts: it survives a reload and a lost connection, points
// are summed up while they are typed, and items move up and down without a reload.
//
// The draft lies in this browser alone, under poll and person, and is never sent: it goes when the
// ballot is recorded, at the button for that, and at sign-out (martahi.js).

(() => {
  const prefix = "martahi-ballot:";
  for (const done of document.querySelectorAll("[data-ballot-done]")) {
    localStorage.removeItem(prefix + done.dataset.ballotDone);
  }

  const form = document.querySelector("form[data-ballot]");
  if (!form) return;
  const key = prefix + form.dataset.ballot;
  const isAnswer = (field) => /^(item|reason)-/.test(field.name);
  const answers = () => [...form.elements].filter(isAnswer);

  const keep = () => {
    const draft = {};
    for (const field of answers()) {
      if (field.type !== "radio") draft[field.name] = field.value;
      else if (field.checked) draft[field.name] = field.value;
    }
    try {
      localStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // no room, or storage is switched off: the ballot works without
    }
  };

  const restore = () => {
    let draft;
    try {
      draft = JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return;
    }
    for (const field of answers()) {
      if (!(field.name in draft)) continue;
      if (field.type === "radio") field.checked = field.value === draft[field.name];
      else field.value = draft[field.name];
    }
  };

  // A ballot that came back from the server holds what was sent: that is the newer one.
  if ("fresh" in form.dataset) restore();
  else keep();

  const sum = form.querySelector("[data-points-sum]");
  const total = () => {
    if (!sum) return;
    const points = [...form.querySelectorAll("[data-points]")].map((field) => Number(field.value));
    const given = points.reduce((one, other) => one + (Number.isFinite(other) ? other : 0), 0);
    sum.textContent = sum.dataset.pointsSum.replace("{sum}", given);
    sum.hidden = false;
  };

  // The same steps as voting/methods/schulze.py (rearranged).
  const move = (name, direction) => {
    const fields = [...form.querySelectorAll("[data-rank]")];
    const rankOf = (field) => (/^[1-9][0-9]{0,2}$/.test(field.value.trim()) ? +field.value : 0);
    const ranked = fields.filter(rankOf);
    const moved = form.elements[name];
    const rank = rankOf(moved);
    const ranks = ranked.map(rankOf);
    if (!rank) {
      moved.value = direction === "up" ? Math.max(0, ...ranks) + 1 : "";
      return;
    }
    if (ranks.filter((other) => other === rank).length > 1) {
      for (const field of ranked) {
        const other = rankOf(field);
        const behind = other > rank || (other === rank && direction === "up");
        if (behind && field !== moved) field.value = other + 1;
      }
      moved.value = direction === "up" ? rank : rank + 1;
      return;
    }
    const above = ranks.filter((other) => other < rank);
    const below = ranks.filter((other) => other > rank);
    const aim = direction === "up" ? Math.max(...above, 0) || rank : Math.min(...below);
    if (!Number.isFinite(aim)) {
      moved.value = "";
      return;
    }
    for (const field of ranked) if (rankOf(field) === aim) field.value = rank;
    moved.value = aim;
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    move(`item-${button.value.split(":")[0]}`, button.dataset.move);
    form.dispatchEvent(new Event("change"));
  });
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      keep();
      total();
    });
  }
  form.querySelector("[data-forget]")?.addEventListener("click", () => {
    for (const field of answers()) {
      if (field.type === "radio") field.checked = false;
      else field.value = "";
    }
    form.dispatchEvent(new Event("change"));
    localStorage.removeItem(key);
  });
  total();
})();
