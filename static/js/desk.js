/* The desk: one module for each behaviour. Without any of them the desk works by links and forms. */
import "./chat.js";
import "./desk/ring.js";
import "./desk/seat.js";
import "./desk/here.js";
import "./desk/list.js";
import "./desk/item.js";
import "./desk/compose.js";
import "./desk/facts.js";
import "./desk/keys.js";
import "./desk/pick.js";
import "./desk/palette.js";
import "./desk/views.js";
