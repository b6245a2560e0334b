"""A fake Odoo.

Read at odoo.com/documentation (external API, ORM `load`, `search_read`, `write`; mail.thread `message_post`): one
address, every error is HTTP 200 with an `error`, `load` makes or changes by external id, times have whole seconds,
leads that are lost are inactive. Left out: access rules, computed fields, multi-company.
"""

import html

from tests.moderation.crm.fakes.server import FakeServer

DATABASE, LOGIN, KEY = "shop", "community", "odoo-good-key"
STAGES = {1: "New", 2: "Qualified", 3: "Proposition", 4: "Won"}
WORDS = {"new": 1, "working": 2, "waiting": 3, "solved": 4}
NOTE, COMMENT = 2, 1


class FakeOdoo(FakeServer):
    """Rows by model and number, external ids beside them."""

    routes = (("POST", "/jsonrpc", "rpc"),)

    def __init__(self):
        stages = {number: {"id": number, "name": name} for number, name in STAGES.items()}
        self.rows = {"res.partner": {}, "crm.lead": {}, "mail.message": {}, "ir.model.data": {}, "crm.stage": stages}
        self.uid = 7
        super().__init__()

    def rpc(self, request):
        params = request.json["params"]
        if params["service"] == "common":
            database, login, key, _agent = params["args"]
            is_good = (database, login, key) == (DATABASE, LOGIN, KEY)
            return 200, {"jsonrpc": "2.0", "id": 1, "result": self.uid if is_good else False}
        database, uid, key, model, method, args, words = params["args"]
        if (database, uid, key) != (DATABASE, self.uid, KEY):
            return fault("odoo.exceptions.AccessDenied", "Access Denied")
        try:
            result = getattr(self, f"do_{method}")(model, *args, **words)
        except Missing:
            return fault("odoo.exceptions.MissingError", "Record does not exist or has been deleted.")
        return 200, {"jsonrpc": "2.0", "id": 1, "result": result}

    def expire(self):
        """Odoo keeps no session, but a user can be made anew: the number that we kept is nobody's."""
        self.uid += 1

    def do_search_count(self, model, where, context=None):
        return len(self.found(model, where))

    def do_search_read(self, model, where, fields, limit=80, order="id", context=None):
        rows = sorted(self.found(model, where), key=lambda row: tuple(row[part.strip()] for part in order.split(",")))
        return [{"id": row["id"], **{name: row.get(name, False) for name in fields or row}} for row in rows[:limit]]

    def do_write(self, model, ids, values, context=None):
        for number in ids:
            if number not in self.rows[model]:
                raise Missing
            self.write(model, self.rows[model][number], values)
        return True

    def do_load(self, model, names, lines, context=None):
        ids = []
        for line in lines:
            values = dict(zip(names, line, strict=True))
            module, _dot, name = values.pop("id").partition(".")
            if "." in name or ":" in name or " " in name:
                return {"ids": False, "messages": [{"type": "error", "message": "Invalid external id"}]}
            if "partner_id/.id" in values:
                values["partner_id"] = int(values.pop("partner_id/.id"))
            known = [
                row for row in self.rows["ir.model.data"].values() if (row["module"], row["name"]) == (module, name)
            ]
            row = self.rows[model].get(known[0]["res_id"]) if known else None
            if row is None:
                row = self.make(model, {"active": True, **({"stage_id": [1, "New"]} if model == "crm.lead" else {})})
                key = {"module": module, "name": name, "model": model, "res_id": row["id"]}
                known[0].update(key) if known else self.make("ir.model.data", key)
            self.write(model, row, values)
            ids.append(row["id"])
        return {"ids": ids, "messages": []}

    def do_message_post(self, model, ids, body, message_type, subtype_xmlid, body_is_html=False, context=None):
        if ids[0] not in self.rows["crm.lead"]:
            raise Missing
        words = body if body_is_html else html.escape(body)
        subtype = COMMENT if subtype_xmlid == "mail.mt_comment" else NOTE
        return self.message(ids[0], words, subtype, [3, "Community"])["id"]

    def do_action_set_lost(self, model, ids, context=None):
        return self.do_write(model, ids, {"active": False})

    def do_unlink(self, model, ids, context=None):
        for number in ids:
            self.rows[model].pop(number, None)
        return True

    def found(self, model, where):
        return [row for row in self.rows[model].values() if holds(row, where)]

    def make(self, model, values):
        own = {"website": False} if model == "res.partner" else {"x_product": False} if model == "crm.lead" else {}
        row = {"id": self.number(), "write_date": self.stamp(), **own, **values}
        self.rows[model][row["id"]] = row
        return row

    def write(self, model, row, values):
        for name, value in values.items():
            if name == "stage_id":
                value = [value, STAGES[value]]
            if name == "partner_id":
                value = [value, self.rows["res.partner"][value]["name"]]
            row[name] = value
        row["write_date"] = self.stamp()

    def message(self, lead, body, subtype, author):
        values = {"model": "crm.lead", "res_id": lead, "body": body, "message_type": "comment", "author_id": author}
        is_note = subtype == NOTE
        return self.make(
            "mail.message",
            {**values, "subtype_id": [subtype, ""], "subtype_id.internal": is_note, "is_internal": is_note},
        )

    def stamp(self):
        return self.now().strftime("%Y-%m-%d %H:%M:%S")

    # What people do in Odoo.

    def move(self, case, status):
        row = self.rows["crm.lead"][int(case)]
        self.write("crm.lead", row, {"active": False} if status == "closed" else {"stage_id": WORDS[status]})

    def comment(self, case, text, public=True):
        self.message(int(case), f"<p>{html.escape(text)}</p>", COMMENT if public else NOTE, [9, "Sam"])

    def add_contact(self, name, email):
        """Somebody whom the company knew before the community did."""
        return str(self.make("res.partner", {"name": name, "email": email, "active": True})["id"])

    def contact_of(self, case):
        partner = self.rows["crm.lead"][int(case)]["partner_id"]
        return str(partner[0] if isinstance(partner, list) else partner)

    def delete(self, case):
        del self.rows["crm.lead"][int(case)]

    def delete_note(self, note):
        del self.rows["mail.message"][int(note)]

    def texts(self, case):
        return [row["body"] for row in self.rows["mail.message"].values() if row["res_id"] == int(case)]


class Missing(Exception):
    """The record is not there."""


def fault(name, sentence):
    """An error as Odoo answers it, with HTTP 200."""
    data = {"name": name, "message": sentence, "debug": "Traceback …", "arguments": [sentence]}
    return 200, {"jsonrpc": "2.0", "id": 1, "error": {"code": 200, "message": "Odoo Server Error", "data": data}}


def holds(row, where):
    """Whether a domain holds: conditions in a list, all of them, but for the two that follow an “or” sign."""
    where = list(where)

    def take():
        each = where.pop(0)
        if each == "|":
            first, second = take(), take()
            return first or second
        return compare(row.get(each[0], False), each[1], each[2])

    results = []
    while where:
        results.append(take())
    return all(results)


def compare(have, sign, want):
    if sign == "in":
        return have in want
    if sign == "like":
        return want in (have or "")
    if sign == "ilike":
        return want.lower() in (have or "").lower()
    if sign == "=ilike":
        return (have or "").lower() == want.lower()
    if sign == ">=":
        return have >= want
    return have == want
