/* What a composer can do beyond its toolbar. Loaded where a composer is; without it the form and its file field work. */
import "./writing/looking-over.js";
import "./writing/uploads.js";
import "./writing/pasting.js";
import "./writing/quoting.js";
import "./writing/picking.js";
import "./writing/photos.js";
