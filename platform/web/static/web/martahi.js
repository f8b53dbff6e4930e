"use strict";

// Every page works without this file. It keeps a double click from sending a form twice, asks
// before what cannot be undone, says when a page could not save itself, and closes the menus of
// the header as people expect.

(() => {
  const again = 5000; // milliseconds after which a form may be sent again

  const holdBack = (form) => {
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, again);
  };

  // <form data-confirm="Sentence">: asked in a dialog whose buttons are those of the page.
  const ask = (form, submitter) => {
    const dialog = document.createElement("dialog");
    dialog.className = "ds-dialog m-confirm";
    const question = document.createElement("p");
    question.className = "ds-paragraph";
    question.id = "confirm-question";
    question.textContent = form.dataset.confirm;
    dialog.setAttribute("aria-labelledby", question.id);
    const row = document.createElement("form");
    row.method = "dialog";
    row.className = "m-actions";
    const yes = document.createElement("button");
    yes.className = "ds-button";
    yes.value = "yes";
    yes.textContent = submitter ? submitter.textContent.trim() : "OK";
    if (submitter?.dataset.color) yes.dataset.color = submitter.dataset.color;
    const no = document.createElement("button");
    no.className = "ds-button";
    no.dataset.variant = "secondary";
    no.value = "no";
    no.autofocus = true;
    no.textContent = document.body.dataset.cancel;
    row.append(yes, no);
    dialog.append(question, row);
    dialog.addEventListener("close", () => {
      const agreed = dialog.returnValue === "yes";
      dialog.remove();
      if (agreed) {
        form.dataset.confirmed = "yes";
        form.requestSubmit(submitter ?? undefined);
        delete form.dataset.confirmed;
      }
    });
    document.body.append(dialog);
    dialog.showModal();
  };

  // <form data-forgets>: signing out leaves no half-filled ballot behind (ballot.js).
  const forget = () => {
    const drafts = Object.keys(localStorage).filter((key) => key.startsWith("martahi-ballot:"));
    for (const key of drafts) localStorage.removeItem(key);
  };

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.method === "dialog") return;
      if (form.dataset.confirm && !form.dataset.confirmed) {
        event.preventDefault();
        event.stopImmediatePropagation();
        ask(form, event.submitter);
      } else if (form.method === "post") {
        if ("forgets" in form.dataset) forget();
        if (form.dataset.sent) {
          event.preventDefault();
          event.stopImmediatePropagation();
        } else {
          holdBack(form);
        }
      }
    },
    true,
  );

  // Back in the browser's history: what was held back may be sent.
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // After htmx has its answer, the same form may be sent at once (a live search, a comment).
  document.addEventListener("htmx:afterRequest", (event) => {
    delete event.target.dataset?.sent;
  });

  // A page that saves itself says so when it could not: the next answer replaces the sentence.
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      for (const sentence of event.target.querySelectorAll("[data-when-unsent]")) {
        sentence.hidden = false;
      }
    });
  }

  // <button data-copy="id"> and <button data-share="id">: the text of a field, to the clipboard or
  // to another app of the phone. Without a clipboard the text is selected, ready to be copied.
  for (const piece of document.querySelectorAll("[data-needs-script]")) piece.hidden = false;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        button.textContent = button.dataset.done;
      } catch {
        field.focus();
      }
    });
  }
  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) button.remove();
    button.addEventListener("click", () => {
      const text = document.getElementById(button.dataset.share).value;
      navigator.share({ text }).catch(() => {}); // closed without sharing
    });
  }

  // <input type="range" data-slides="id">: the slider and the box with that id show one figure. The
  // box writes it as Indonesians do, 1.234,5; the event goes on to whoever listens to the form.
  document.addEventListener(
    "input",
    (event) => {
      const field = event.target;
      if (field.dataset.slides) {
        document.getElementById(field.dataset.slides).value = field.value.replace(".", ",");
        return;
      }
      const slider = field.id && document.querySelector(`[data-slides="${CSS.escape(field.id)}"]`);
      const figure = Number(field.value.replaceAll(".", "").replace(",", "."));
      if (slider && field.value.trim() && !Number.isNaN(figure)) slider.value = figure;
    },
    true,
  );

  const menus = () => document.querySelectorAll("details.m-person[open], details.m-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) {
      const within = menu.contains(event.target) || menu.nextElementSibling?.contains(event.target);
      if (!within) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // After a refused form the summary of its errors is where reading goes on. Not before the page is
  // shown: an address with a fragment (#comment) takes the focus away once more.
  addEventListener("pageshow", () => document.querySelector(".ds-error-summary")?.focus());
})();
