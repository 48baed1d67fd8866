// Everything works without these; they only add.
import "./zone.js";
import "./focus.js";
