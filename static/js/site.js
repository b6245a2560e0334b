/* The behaviours of the public pages, one small module each. `collectstatic` puts them into this file. */
import "./menu.js";
import "./search-titles.js";
import "./search-opened.js";
import "./theme-switch.js";
import "./messages.js";
import "./ago.js";
import "./outbox.js";
import "./send-once.js";
import "./composer.js";
import "./drafts-sent.js";
import "./drafts.js";
import "./copy-code.js";
import "./lightbox.js";
import "./hotkeys.js";
import "./live.js";
import "./fold.js";
import "./tabs.js";
