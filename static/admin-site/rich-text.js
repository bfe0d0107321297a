// Turns every textarea[data-rich-text] into an editor with buttons. The textarea stays what is
// sent, and is only written to when something was typed, so that an untouched text is untouched.
// Knows the same short list of tags as innovation/richtext.py, which has the last word.
"use strict";

{
  const BLOCKS = new Set(["P", "H3", "H4", "UL", "OL", "LI", "BLOCKQUOTE"]);
  const KEPT = new Set([...BLOCKS, "BR", "STRONG", "EM", "A"]);
  const NAMES = { B: "STRONG", I: "EM", DIV: "P", H1: "H3", H2: "H3", H5: "H4", H6: "H4" };
  const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "IFRAME", "SVG", "MATH"]);

  // `label` and `sign` are keys of the words that RichTextWidget gives in data-rich-text.
  const BUTTONS = [
    { label: "bold", sign: "bold_sign", command: "bold" },
    { label: "italic", sign: "italic_sign", command: "italic" },
    { label: "link", sign: "link", act: link },
    { label: "heading", sign: "heading", block: "H3" },
    { label: "bullets", sign: "bullets_sign", command: "insertUnorderedList" },
    { label: "numbers", sign: "numbers_sign", command: "insertOrderedList" },
    { label: "quote", sign: "quote", block: "BLOCKQUOTE" },
  ];

  /** Copies what may stay of `source` into `target`; the words of other tags are kept. */
  function copy(source, target) {
    for (const node of source.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        target.append(node.data);
      } else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.nodeName.toUpperCase())) {
        const name = NAMES[node.nodeName] || node.nodeName;
        if (!KEPT.has(name)) {
          copy(node, target);
          continue;
        }
        const element = document.createElement(name);
        const address = name === "A" && node.getAttribute("href");
        if (address && /^(https?:|mailto:|tel:|\/|#)/i.test(address.trim())) {
          element.setAttribute("href", address.trim());
        }
        copy(node, element);
        target.append(element);
      }
    }
    return target;
  }

  /** Safe nodes of a text that may be HTML, or words with blank lines between paragraphs. */
  function nodesOf(text) {
    const holder = document.createDocumentFragment();
    if (/<(p|h3|h4|ul|ol|blockquote)\b/i.test(text)) {
      return copy(new DOMParser().parseFromString(text, "text/html").body, holder);
    }
    for (const part of text.split(/\n\s*\n/).filter((part) => part.trim())) {
      const paragraph = document.createElement("p");
      copy(new DOMParser().parseFromString(part, "text/html").body, paragraph);
      holder.append(paragraph);
    }
    return holder;
  }

  /** The editor's content as HTML of our tags: each loose run of words becomes a paragraph. */
  function htmlOf(editor) {
    const clean = copy(editor, document.createElement("div"));
    const result = document.createElement("div");
    let loose = null;
    for (const node of [...clean.childNodes]) {
      if (BLOCKS.has(node.nodeName)) {
        loose = null;
        result.append(node);
      } else if (loose || node.textContent.trim()) {
        if (!loose) {
          loose = document.createElement("p");
          result.append(loose);
        }
        loose.append(node);
      }
    }
    for (const block of [...result.querySelectorAll("p, h3, h4, li, blockquote")]) {
      if (!block.textContent.trim()) block.remove();
    }
    return result.innerHTML.replace(/&nbsp;/g, " ");
  }

  function link(editor, words) {
    const held = window.getSelection().anchorNode?.parentElement?.closest("a");
    const range = window.getSelection().rangeCount ? window.getSelection().getRangeAt(0) : null;
    const address = window.prompt(words.address, held?.getAttribute("href") || "https://");
    editor.focus();
    if (range) {
      window.getSelection().removeAllRanges();
      window.getSelection().addRange(range);
    }
    if (address === null) return;
    if (address.trim() && address.trim() !== "https://") {
      document.execCommand("createLink", false, address.trim());
    } else {
      document.execCommand("unlink");
    }
  }

  function toggleBlock(name) {
    const at = window.getSelection().anchorNode;
    const element = at?.nodeType === Node.ELEMENT_NODE ? at : at?.parentElement;
    const isThere = Boolean(element?.closest(`[data-rich-editor] ${name}`));
    document.execCommand("formatBlock", false, isThere ? "P" : name);
  }

  function makeBar(editor, words, showSource) {
    const bar = document.createElement("div");
    bar.className = "rich-bar";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", words.bar);
    const write = () => editor.dispatchEvent(new Event("input"));
    for (const item of BUTTONS) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words[item.sign];
      button.title = words[item.label];
      if (item.sign !== item.label) button.setAttribute("aria-label", words[item.label]);
      if (item.command) button.dataset.format = item.command;
      // The selection must stay in the editor when the button is pressed.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        editor.focus();
        if (item.act) item.act(editor, words);
        else if (item.block) toggleBlock(item.block);
        else document.execCommand(item.command);
        write();
      });
      bar.append(button);
    }
    const source = document.createElement("button");
    source.type = "button";
    source.className = "rich-source";
    source.textContent = "HTML";
    source.setAttribute("aria-pressed", "false");
    source.title = words.source;
    source.addEventListener("click", () => showSource(source));
    bar.append(source);
    return bar;
  }

  function enrich(textarea) {
    const words = JSON.parse(textarea.dataset.richText);
    const label = document.querySelector(`label[for="${textarea.id}"]`);
    const frame = document.createElement("div");
    frame.className = "rich-frame";
    const editor = document.createElement("div");
    editor.dataset.richEditor = "";
    editor.className = "rich-editor";
    editor.contentEditable = "true";
    editor.lang = textarea.name.endsWith("_en") ? "en" : "sv";
    editor.setAttribute("role", "textbox");
    editor.setAttribute("aria-multiline", "true");
    if (label) {
      label.id ||= `${textarea.id}_label`;
      editor.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", () => !editor.hidden && editor.focus());
    }
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (textarea.hasAttribute(name)) editor.setAttribute(name, textarea.getAttribute(name));
    }
    editor.append(nodesOf(textarea.value));

    const setSource = (button) => {
      const isSource = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isSource));
      textarea.hidden = !isSource;
      editor.hidden = isSource;
      if (!isSource) editor.replaceChildren(nodesOf(textarea.value));
      (isSource ? textarea : editor).focus();
    };
    editor.addEventListener("input", () => {
      textarea.value = htmlOf(editor);
      textarea.dispatchEvent(new Event("change", { bubbles: true }));
    });
    editor.addEventListener("focus", () => {
      document.execCommand("defaultParagraphSeparator", false, "p");
      document.execCommand("styleWithCSS", false, false);
    });
    // What comes from a word processor keeps its paragraphs, lists and links, and nothing else.
    editor.addEventListener("paste", (event) => {
      event.preventDefault();
      const html = event.clipboardData.getData("text/html");
      const plain = event.clipboardData.getData("text/plain");
      const holder = document.createElement("div");
      if (html) {
        holder.append(copy(new DOMParser().parseFromString(html, "text/html").body, document.createDocumentFragment()));
        document.execCommand("insertHTML", false, holder.innerHTML);
      } else {
        document.execCommand("insertText", false, plain);
      }
    });

    textarea.before(frame);
    frame.append(makeBar(editor, words, setSource), editor, textarea);
    textarea.hidden = true;
    // A link in the list of what is left to do points at the textarea.
    if (window.location.hash === `#${textarea.id}`) editor.focus();
    document.addEventListener("click", (event) => {
      const anchor = event.target.closest?.(`a[href="#${textarea.id}"]`);
      if (anchor && !editor.hidden) {
        event.preventDefault();
        editor.scrollIntoView({ block: "center" });
        editor.focus();
      }
    });
  }

  const start = () => document.querySelectorAll("textarea[data-rich-text]").forEach(enrich);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
