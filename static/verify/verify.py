#!/usr/bin/env python3
"""Recompute a Fairlot draw (protocol fairlot-draw/1), or crews by lot (fairlot-crew/1), and compare it with what is published.

    python3 verify.py MANIFEST.json --frame F.csv [--excluded E.csv] [--commitment C] [--manifest-hash H]
    python3 verify.py CREWS.json [--commitment C]

Exit 0: everything agrees.  1: the first difference is named.  2: bad input (where, which field, why).
Python 3.8 or later, standard library only. Every search is a full scan: slow and plain on purpose.
抽查名单复核：输入清单与名录，从头重算一遍，逐项比对。退出码 0 一致，1 不一致，2 输入有误。
"""
import argparse, hashlib, heapq, json, re, struct, sys, unicodedata

M, SAFE, V = 2**30, 2**53, "fairlot-draw/1"
HEX64, HEX32 = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{32}")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z")
COLUMNS = {"x_m": "x", "y_m": "y"}  # CSV heading -> key, where they differ
ROW, LEFT_OUT = ["id", "township", "cell", "x", "y", "weight", "take", "salt"], ["id", "reason", "salt"]
TOP = ["v", "plan", "commitment", "entropy", "seed", "seedSource", "assurance", "selected", "substitutes"]
PLAN = ["v", "plan", "kind", "seq", "prev", "sampleSize", "minPerTownship", "h3Resolution", "grid", "crs", "publicFrame",
        "substitutes", "frame", "allocation", "nonceCommit", "entropy", "revealBy", "closeBy", "verifier"]


class Bad(Exception):
    """Input that the protocol refuses: (place, reason)."""


class Differs(Exception):
    """(place, value in the manifest, value recomputed)."""


# ---- bytes: hashes, canonical JSON (RFC 8785, integers only), Merkle tree (RFC 6962) -----------------------------------

def H(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def tag(name):
    return name.encode("ascii") + b"\0"


def check_text(s, where):
    if any(0xD800 <= ord(c) <= 0xDFFF for c in s):
        raise Bad(where, "lone surrogate")
    if not unicodedata.is_normalized("NFC", s):
        raise Bad(where, "text is not in Unicode normal form C")


def check_json(v, where):
    """Only objects, arrays, NFC strings, integers |n| < 2^53, booleans, null; the place of anything else is named."""
    if isinstance(v, dict):
        for k in v:
            check_text(k, f"{where}: key {k!a}")
            check_json(v[k], f"{where}.{k}")
    elif isinstance(v, list):
        for i, item in enumerate(v):
            check_json(item, f"{where}[{i}]")
    elif isinstance(v, str):
        check_text(v, where)
    elif v is not None and not isinstance(v, bool) and (not isinstance(v, int) or abs(v) >= SAFE):
        raise Bad(where, f"{v!r} is not a whole number below 2^53")


def jcs(v):
    if isinstance(v, dict):
        keys = sorted(v, key=lambda k: k.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + jcs(v[k]) for k in keys) + "}"
    if isinstance(v, list):
        return "[" + ",".join(map(jcs, v)) + "]"
    return json.dumps(v, ensure_ascii=False)


def jcs_bytes(v):
    return jcs(v).encode("utf-8")


def tree(rows):
    def node(level):
        if len(level) == 1:
            return level[0]
        k = 1 << (len(level) - 1).bit_length() - 1  # the largest power of two below the length
        return H(b"\1", node(level[:k]), node(level[k:]))
    return node([H(b"\0", jcs_bytes(r)) for r in rows]).hex() if rows else H().hex()


# ---- input -------------------------------------------------------------------------------------------------------------

def read_text(path):
    try:
        with open(path, "rb") as f:
            raw = f.read()
        text = raw.decode("utf-8")
    except OSError as e:
        raise Bad(path, e.strerror)
    except UnicodeDecodeError as e:
        raise Bad(f"{path} line {raw.count(10, 0, e.start) + 1}", "not UTF-8")
    return text[1:] if text.startswith("\ufeff") else text


def parse_json(text, name):
    def number(s):
        if re.fullmatch("0|-?[1-9][0-9]{0,15}", s) and abs(int(s)) < SAFE:
            return int(s)
        raise Bad(name, f"the number {s[:40]} is not a whole number below 2^53")

    def pairs(items):
        out = dict(items)
        if len(out) < len(items):
            keys = [k for k, _ in items]
            raise Bad(name, f"key {next(k for k in keys if keys.count(k) > 1)!a} appears twice in one object")
        return out
    try:
        v = json.loads(text, object_pairs_hook=pairs, parse_int=number, parse_float=number, parse_constant=number)
    except json.JSONDecodeError as e:
        raise Bad(f"{name} line {e.lineno} column {e.colno}", "not JSON: " + e.msg)
    except RecursionError:
        raise Bad(name, "nested too deeply")
    return v


def read_csv(text, name, needed, optional):
    lines = [s[:-1] if s.endswith("\r") else s for s in text.split("\n")]
    if lines[-1] == "":
        lines.pop()
    head = lines[0].split(",") if lines else []
    if head != needed + [c for c in optional if c in head]:
        raise Bad(f"{name} line 1", f"the header must be {','.join(needed)} then any of {', '.join(optional)}, in this order")
    out = []
    for n, s in enumerate(lines[1:], 2):
        fields = s.split(",")
        if len(fields) != len(head):
            raise Bad(f"{name} line {n}", f"{len(fields)} fields, the header has {len(head)}")
        row = {"weight": 1, "take": 0, "salt": ""} if "take" in optional else {"salt": ""}
        for column, field in zip(head, fields):
            if column in ("x_m", "y_m", "weight", "take"):
                if not re.fullmatch("-?[0-9]+", field):
                    raise Bad(f"{name} line {n}, {column}", f"{field!a} is not a whole number")
                field = int(field) if len(field.lstrip("-0")) < 17 else SAFE
            row[COLUMNS.get(column, column)] = field
        out.append(row)
    return out


def read_frame(path):
    """(rows, excluded or None) of a CSV, a JSON array, or a JSON object with `frame` and `excluded`."""
    text = read_text(path)
    if text.lstrip()[:1] not in ("[", "{"):
        return read_csv(text, path, ["id", "township", "cell", "x_m", "y_m"], ["weight", "take", "salt"]), None
    v = parse_json(text, path)
    if isinstance(v, dict) and "frame" not in v:
        raise Bad(path, "an object with `frame`, an array of rows, or a CSV is needed")
    return (v["frame"], v.get("excluded")) if isinstance(v, dict) else (v, None)


def read_excluded(path):
    text = read_text(path)
    v = parse_json(text, path) if text.lstrip()[:1] in ("[", "{") else read_csv(text, path, ["id", "reason"], ["salt"])
    return v["excluded"] if isinstance(v, dict) and "excluded" in v else v


def name_rule(s, where):
    if not isinstance(s, str) or not 1 <= len(s) <= 64:
        raise Bad(where, "must be text of 1 to 64 characters")
    if re.search("[\0-\x1f\x7f-\x9f]", s) or s == "__proto__":
        raise Bad(where, "a control character, or __proto__")
    check_text(s, where)


def check_rows(rows, name, keys, csv=False):
    """The rules of protocol section 2; returns the rows sorted by id."""
    if not isinstance(rows, list):
        raise Bad(name, "must be a list of rows")
    seen, dot = {}, ", " if csv else "."
    for i, r in enumerate(rows):
        where = f"{name} line {i + 2}" if csv else f"{name}[{i}]"
        if not isinstance(r, dict) or set(r) != set(keys):
            raise Bad(where, "a row has exactly the keys " + ", ".join(sorted(keys)))
        for k in ("id", "township", "cell"):
            if k in r:
                name_rule(r[k], where + dot + k)
        if r["id"] in seen:
            raise Bad(where + dot + "id", f"{r['id']!a} is already at row {seen[r['id']] + 1}")
        seen[r["id"]] = i
        for k, low, high in (("x", 1 - SAFE, SAFE), ("y", 1 - SAFE, SAFE), ("weight", 1, SAFE), ("take", 0, 2)):
            if k in r and (type(r[k]) is not int or not low <= r[k] < high):
                raise Bad(where + dot + k, f"{r[k]!a} is not a whole number from {low} to {high - 1}")
        if not isinstance(r["salt"], str) or not (r["salt"] == "" or HEX32.fullmatch(r["salt"])):
            raise Bad(where + dot + "salt", "must be 32 lower-case hex digits, or empty")
        if "reason" in r and not isinstance(r["reason"], str):
            raise Bad(where + dot + "reason", "must be text")
        if "reason" in r:
            check_text(r["reason"], where + dot + "reason")
    for k in ("x", "y"):
        if k in keys and rows and max(r[k] for r in rows) - min(r[k] for r in rows) >= 2**26:
            raise Bad(f"{name}, {k}", "the rows span 2^26 metres or more")
    return sorted(rows, key=lambda r: r["id"].encode("utf-8"))


def keys_are(v, keys, where):
    if not isinstance(v, dict):
        raise Bad(where, "must be an object")
    for k in list(keys) + list(v):
        if k not in v or k not in keys:
            raise Bad(f"{where}.{k}", "is missing" if k not in v else "is not a key of the protocol")


def check_plan(plan, given):
    """Types of every key of the plan that is not recomputed. With a given seed the others may be null."""
    keys_are(plan, PLAN, "plan")

    def rule(k, ok, want):
        null = plan[k] is None and (given and k not in ("sampleSize", "minPerTownship", "substitutes") or k in ("prev", "closeBy"))
        if not null and not ok(plan[k]):
            raise Bad(f"plan.{k}", f"{plan[k]!a} is not {want}")
    text = lambda s: isinstance(s, str) and s != ""
    number = lambda low, high: lambda n: type(n) is int and low <= n <= high
    if plan["v"] != V:
        raise Bad("plan.v", f"{plan['v']!a} is not {V}")
    for k in ("plan", "kind", "crs"):
        rule(k, text, "text")
    for k, low, high in (("seq", 1, SAFE), ("sampleSize", 1, SAFE), ("minPerTownship", 0, SAFE), ("substitutes", 0, SAFE),
                         ("grid", 1, SAFE), ("h3Resolution", 0, 15)):
        rule(k, number(low, high), f"a whole number, at least {low}")
    for k in ("prev", "nonceCommit"):
        rule(k, lambda s: isinstance(s, str) and HEX64.fullmatch(s), "64 lower-case hex digits")
    for k in ("revealBy", "closeBy"):
        rule(k, lambda s: isinstance(s, str) and INSTANT.fullmatch(s), "a UTC instant")
    rule("publicFrame", lambda b: isinstance(b, bool), "true or false")
    if not given and (plan["seq"] == 1) != (plan["prev"] is None):
        raise Bad("plan.prev", "null for the first draw, and only for it")
    for k, keys in (("verifier", ["html", "py"]), ("entropy", ["level", "witnesses", "beacon"])):
        if plan[k] is not None or not given:
            keys_are(plan[k], keys, f"plan.{k}")
    for k, s in (plan["verifier"] or {}).items():
        if s is not None and not (isinstance(s, str) and HEX64.fullmatch(s)):
            raise Bad(f"plan.verifier.{k}", "must be 64 lower-case hex digits, or null")
    e = plan["entropy"]
    if e is not None:
        if e["level"] not in ("L1", "L2", "L3"):
            raise Bad("plan.entropy.level", f"{e['level']!a} is not L1, L2 or L3")
        w = e["witnesses"]
        if not isinstance(w, list) or not all(map(text, w)) or len(w) not in {"L1": (1,), "L2": (2,), "L3": (1, 2)}[e["level"]]:
            raise Bad("plan.entropy.witnesses", f"{w!a} does not suit {e['level']}")
        if len(set(w)) < len(w):
            raise Bad("plan.entropy.witnesses", "one witness is named twice")
        if (e["beacon"] is not None) != (e["level"] == "L3"):
            raise Bad("plan.entropy.beacon", "is for L3, and only for it")
        if e["beacon"] is not None:
            keys_are(e["beacon"], ["source", "pattern", "after"], "plan.entropy.beacon")
            if not text(e["beacon"]["source"]):
                raise Bad("plan.entropy.beacon.source", "must be text")
            beacon_pattern(e["beacon"]["pattern"])


def beacon_pattern(pattern):
    """The set of characters allowed at each position; the language is literals, [0-9], [0-9a-f] and {n}."""
    where = "plan.entropy.beacon.pattern"
    if not isinstance(pattern, str) or not pattern:
        raise Bad(where, "must be text")
    out, at, one = [], 0, re.compile(r"(\[0-9\]|\[0-9a-f\]|[^\[\]{}])(?:\{([1-9][0-9]{0,2})\})?", re.S)
    while at < len(pattern):
        m = one.match(pattern, at)
        if not m:
            raise Bad(where, f"not in the pattern language at character {at + 1}: {pattern!a}")
        chars = {"[0-9]": "0123456789", "[0-9a-f]": "0123456789abcdef"}.get(m.group(1), m.group(1))
        out += [chars] * int(m.group(2) or 1)
        at = m.end()
    return out


def check_entropy(plan, entropy):
    keys_are(entropy, ["beacon", "digits", "nonce", "salts"], "entropy")
    e, n = plan["entropy"], len(plan["entropy"]["witnesses"])

    def strings(k, count, form, what):
        v = entropy[k]
        if not isinstance(v, list) or len(v) != count:
            raise Bad(f"entropy.{k}", f"{count} needed for {e['level']} with {n} witness(es)")
        for i, s in enumerate(v):
            if not isinstance(s, str) or not re.fullmatch(form, s):
                raise Bad(f"entropy.{k}[{i}]", f"{s!a} is not {what}")
    strings("digits", n, "[0-9]{20}", "20 digits")
    strings("salts", n if n == 2 else 0, "[0-9a-f]{32}", "32 lower-case hex digits")
    if not isinstance(entropy["nonce"], str) or not HEX64.fullmatch(entropy["nonce"]):
        raise Bad("entropy.nonce", "must be 64 lower-case hex digits")
    b = entropy["beacon"]
    if e["beacon"] is None and b is not None:
        raise Bad("entropy.beacon", "must be null: the plan names no public value")
    if e["beacon"] is not None:
        want = beacon_pattern(e["beacon"]["pattern"])
        if not isinstance(b, str) or len(b) != len(want) or not all(c in cs for c, cs in zip(b, want)):
            raise Bad("entropy.beacon", f"{b!a} does not match {e['beacon']['pattern']!a}")


# ---- shares, section 5 -------------------------------------------------------------------------------------------------

def bounded_shares(weights, los, his, total):
    """clamp(λ·w, lo, hi) summing to total, in exact rationals, then whole parts by largest remainder."""
    fixed, free, rest, wsum = {}, list(range(len(weights))), total, 1
    while free:
        rest, wsum = total - sum(fixed.values()), sum(weights[i] for i in free)  # λ = rest / wsum
        low = [i for i in free if rest * weights[i] < los[i] * wsum]
        high = [i for i in free if rest * weights[i] > his[i] * wsum]
        moved = sum(los[i] * wsum - rest * weights[i] for i in low) + sum(his[i] * wsum - rest * weights[i] for i in high)
        fixed.update({i: los[i] for i in low if moved >= 0})
        fixed.update({i: his[i] for i in high if moved <= 0})
        free = [i for i in free if i not in fixed]
        if moved == 0:
            break
    part = [fixed[i] if i in fixed else rest * weights[i] // wsum for i in range(len(weights))]
    by_remainder = sorted(free, key=lambda i: -(rest * weights[i] % wsum))  # stable: ties to the earlier
    for i in by_remainder[:total - sum(part)]:
        part[i] += 1
    return part


def by_code(rows, indexes, key):
    groups = {}
    for i in indexes:
        groups.setdefault(rows[i][key], []).append(i)
    return [(code, groups[code]) for code in sorted(groups, key=lambda c: c.encode("utf-8"))]


def shares(rows, plan):
    """(allocation, a_i of every row)."""
    a, townships = [M if r["take"] else 0 for r in rows], by_code(rows, range(len(rows)), "township")
    total = M * (plan["sampleSize"] - sum(r["take"] for r in rows))
    if plan["sampleSize"] > len(rows):
        raise Bad("plan.sampleSize", f"{plan['sampleSize']} is more than the {len(rows)} targets of the frame")
    if total < 0:
        raise Bad("plan.sampleSize", "more rows are certain (take = 1) than can be drawn")
    taken = {code: sum(rows[i]["take"] for i in all_) for code, all_ in townships}
    some = [(code, all_) for code, all_ in townships if taken[code] < len(all_)]
    los = [M * max(0, min(plan["minPerTownship"], len(all_)) - taken[code]) for code, all_ in some]
    if sum(los) > total:
        raise Bad("plan.minPerTownship", "the township minimums together exceed the sample size")
    untaken = [[i for i in all_ if not rows[i]["take"]] for _, all_ in some]
    weights = [sum(rows[i]["weight"] for i in u) for u in untaken]
    part = dict(zip((code for code, _ in some), bounded_shares(weights, los, [M * len(u) for u in untaken], total)))
    for (code, _), u in zip(some, untaken):
        w = [rows[i]["weight"] for i in u]
        for i, mass in zip(u, bounded_shares(w, [0] * len(u), [M] * len(u), part[code])):
            if mass == 0:
                raise Bad("plan.sampleSize", f"{rows[i]['id']!a} would have no chance at all")
            a[i] = mass
    return [{"township": c, "size": len(all_), "mass": M * taken[c] + part.get(c, 0)} for c, all_ in townships], a


# ---- the draw, section 6 -----------------------------------------------------------------------------------------------

def stream(seed, label):
    """A function int(m) over the 32-bit words of H(seed, 0, label, 0, k)."""
    def words():
        k = 0
        while True:
            yield from struct.unpack(">8I", H(seed, b"\0", label.encode("utf-8"), b"\0", struct.pack(">Q", k)))
            k += 1
    w = words()

    def below(m):
        return 0 if m == 1 else next(x for x in w if x < 2**32 - 2**32 % m) % m
    return below


def lpm2(group, a, xs, ys, below):
    alive = [i for i in group if 0 < a[i] < M]

    def remove(p):
        last = alive.pop()
        if p < len(alive):
            alive[p] = last
    while len(alive) > 1:
        p = below(len(alive))
        i = alive[p]
        x, y = xs[i], ys[i]
        d = [(xs[k] - x) ** 2 + (ys[k] - y) ** 2 for k in alive]
        d[p] = 2**60  # not its own neighbour
        least = min(d)
        near = sorted(alive[q] for q in range(len(d)) if d[q] == least)
        j = near[below(len(near))]
        s = a[i] + a[j]
        if s <= M:
            a[i], a[j] = (s, 0) if below(s) < a[i] else (0, s)
        else:
            a[i], a[j] = (M, s - M) if below(2 * M - s) < M - a[j] else (s - M, M)
        for k in (i, j):
            if a[k] in (0, M):
                remove(alive.index(k))
    return alive


def draw(rows, mass, seed):
    """The drawn, as indexes in serial order."""
    a, xs, ys, left = list(mass), [r["x"] for r in rows], [r["y"] for r in rows], []
    for code, members in by_code(rows, range(len(rows)), "township"):
        below, over = stream(seed, "township/" + code), []
        for _, part in by_code(rows, members, "cell"):
            over += lpm2(part, a, xs, ys, below)
        left += lpm2(over, a, xs, ys, below)
    lpm2(left, a, xs, ys, stream(seed, "county"))
    serial = lambda i: H(seed, b"\0serial\0", rows[i]["id"].encode("utf-8"))
    return sorted((i for i in range(len(rows)) if a[i] == M), key=serial)


def substitutes(rows, drawn, seed, rounds):
    ids = [r["id"].encode("utf-8") for r in rows]
    undrawn = dict(by_code(rows, set(range(len(rows))) - set(drawn), "township"))

    def candidates(i):
        """By (distance, frame order), in blocks of 8 each in hash order; sorted only as far as asked."""
        mine, done, k = undrawn.get(rows[i]["township"], []), 0, 16
        x, y = rows[i]["x"], rows[i]["y"]
        while done < len(mine):
            near = heapq.nsmallest(k, mine, key=lambda j: ((rows[j]["x"] - x) ** 2 + (rows[j]["y"] - y) ** 2, j))
            for b in range(done, len(near), 8):
                yield from sorted(near[b:b + 8], key=lambda j: H(seed, b"\0substitute\0", ids[i], b"\0", ids[j]))
            done, k = len(near), k * 4
    lists, taken, chosen = {i: candidates(i) for i in drawn}, set(), {i: [] for i in drawn}
    for _ in range(min(rounds, len(rows))):
        for i in drawn:
            j = next((j for j in lists[i] if j not in taken), None)
            if j is not None:
                taken.add(j)
                chosen[i].append(rows[j]["id"])
    return {rows[i]["id"]: chosen[i] for i in drawn}


# ---- the manifest, section 7 -------------------------------------------------------------------------------------------

def commitment_of(plan):
    return H(tag("fairlot/commit/1"), jcs_bytes(plan)).hex()


def seed_of(commitment, entropy):
    return H(tag("fairlot/seed/1"), bytes.fromhex(commitment), jcs_bytes(entropy)).hex()


def manifest_hash_of(manifest):
    return H(tag("fairlot/manifest/1"), jcs_bytes(manifest)).hex()


def frame_of(rows, excluded):
    return {"size": len(rows), "root": tree(rows), "excludedRoot": tree(excluded)}


def selected_of(rows, mass, drawn):
    return [{"serial": n, "id": rows[i]["id"], "township": rows[i]["township"], "cell": rows[i]["cell"], "mass": mass[i]}
            for n, i in enumerate(drawn, 1)]


def selected_root_of(manifest):
    seed = bytes.fromhex(manifest["seed"])
    return tree([dict(s, salt=H(tag("fairlot/salt/1"), seed, s["id"].encode("utf-8")).hex()[:32]) for s in manifest["selected"]])


def make_manifest(rows, excluded, plan, seed=None, entropy=None):
    """The whole draw: with `entropy` a ceremony's, else with a given seed (hex). Absent keys of the plan are null."""
    rows, excluded = check_rows(rows, "frame", ROW), check_rows(excluded, "excluded", LEFT_OUT)
    plan = dict({k: None for k in PLAN}, **plan, v=V, frame=frame_of(rows, excluded))
    check_plan(plan, entropy is None)
    plan["allocation"], mass = shares(rows, plan)
    commitment = commitment_of(plan)
    if entropy is not None:
        check_entropy(plan, entropy)
        seed = seed_of(commitment, entropy)
    drawn = draw(rows, mass, bytes.fromhex(seed))
    return {"v": V, "plan": plan, "commitment": commitment, "entropy": entropy, "seed": seed,
            "seedSource": "given" if entropy is None else "ceremony", "assurance": entropy and plan["entropy"]["level"],
            "selected": selected_of(rows, mass, drawn),
            "substitutes": substitutes(rows, drawn, bytes.fromhex(seed), plan["substitutes"])}


def same(where, said, found):
    """Raises Differs at the first place, in reading order, where the two values are not the same."""
    if isinstance(said, dict) and isinstance(found, dict):
        for k in list(found) + [k for k in said if k not in found]:
            if k not in said or k not in found:
                raise Differs(f"{where}.{k}", said.get(k, "(absent)"), found.get(k, "(absent)"))
            same(f"{where}.{k}", said[k], found[k])
    elif isinstance(said, list) and isinstance(found, list):
        for i in range(max(len(said), len(found))):
            if i >= min(len(said), len(found)):
                raise Differs(f"{where}[{i}]", *("(absent)" if i >= len(v) else v[i] for v in (said, found)))
            same(f"{where}[{i}]", said[i], found[i])
    elif type(said) is not type(found) or said != found:
        raise Differs(where, said, found)


def verify(document, rows, excluded, commitment=None, manifest_hash=None, tell=lambda step, text: None, csv=(None, None)):
    """Raises Bad or Differs; otherwise tells each step as it is proved and returns (manifestHash, selectedRoot)."""
    around = document if isinstance(document, dict) and "manifest" in document else {"manifest": document}
    keys_are(around, ["manifest"] + [k for k in ("manifestHash", "selectedRoot") if k in around], "document")
    m = around["manifest"]
    keys_are(m, TOP, "manifest")
    for k in TOP:
        check_json(m[k], k)
    if m["v"] != V or m["seedSource"] not in ("ceremony", "given"):
        raise Bad("v" if m["v"] != V else "seedSource", f"not known: {m['v']!a} {m['seedSource']!a}")
    plan, given = m["plan"], m["seedSource"] == "given"
    check_plan(plan, given)
    rows = check_rows(rows, csv[0] or "frame", ROW, bool(csv[0]))
    excluded = check_rows(excluded, csv[1] or "excluded", LEFT_OUT, bool(csv[1]))
    if given:
        same("entropy", m["entropy"], None)
        if not isinstance(m["seed"], str) or not HEX64.fullmatch(m["seed"]):
            raise Bad("seed", "must be 64 lower-case hex digits")
    else:
        check_entropy(plan, m["entropy"])
    found = frame_of(rows, excluded)
    keys_are(plan["frame"], found, "plan.frame")
    for k in ("size", "root"):
        same(f"plan.frame.{k}", plan["frame"][k], found[k])
    tell("frame root 名录", f"{len(rows)} rows, {found['root']}")
    same("plan.frame.excludedRoot", plan["frame"]["excludedRoot"], found["excludedRoot"])
    tell("excluded root 剔除", f"{len(excluded)} rows, {found['excludedRoot']}")
    allocation, mass = shares(rows, plan)
    same("plan.allocation", plan["allocation"], allocation)
    tell("allocation 分配", f"{plan['sampleSize']} over {len(allocation)} townships")
    same("commitment", m["commitment"], commitment_of(plan))
    if commitment:
        same("commitment (as published)", commitment, m["commitment"])
    tell("commitment 承诺", m["commitment"] + (" = the one you gave" if commitment else ""))
    if not given:
        same("plan.nonceCommit", plan["nonceCommit"], H(tag("fairlot/nonce/1"), bytes.fromhex(m["entropy"]["nonce"])).hex())
        same("seed", m["seed"], seed_of(m["commitment"], m["entropy"]))
    same("assurance", m["assurance"], None if given else plan["entropy"]["level"])
    tell("seed 种子", m["seed"] + (" (given, no ceremony)" if given else f" ({m['assurance']})"))
    if not given:
        for w, digits, salt in zip(plan["entropy"]["witnesses"], m["entropy"]["digits"], m["entropy"]["salts"]):
            lock = H(tag("fairlot/digits/1"), bytes.fromhex(salt), digits.encode()).hex()
            tell("compare 请核对", f"digits lock of {w}, to be compared with the one published: {lock}")
    seed = bytes.fromhex(m["seed"])
    drawn = draw(rows, mass, seed)
    same("selected", m["selected"], selected_of(rows, mass, drawn))
    tell("draw 抽取", f"{len(drawn)} drawn, in the order of the manifest")
    same("substitutes", m["substitutes"], substitutes(rows, drawn, seed, plan["substitutes"]))
    tell("substitutes 替补", f"{sum(map(len, m['substitutes'].values()))} substitutes")
    h, root = manifest_hash_of(m), selected_root_of(m)
    same("manifestHash", around.get("manifestHash", h), h)
    if manifest_hash:
        same("manifestHash (as published)", manifest_hash, h)
    tell("manifest hash 清单", h + (" = the one you gave" if manifest_hash else ""))
    same("selectedRoot", around.get("selectedRoot", root), root)
    tell("selected root 名单", root)
    return h, root


# ---- crews by lot, protocol fairlot-crew/1 -----------------------------------------------------------------------------

CREW, DAY = "fairlot-crew/1", re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
CREW_TOP = ["v", "problem", "plan", "commitment", "marginals", "work", "bounds", "figures", "portfolio", "entropy", "seed",
            "seedSource", "ticket", "drawn", "replacements"]
CREW_PLAN = ["v", "draw", "seq", "prev", "routesHash", "rosterHash", "rulesHash", "portfolio", "nonceCommit", "entropy",
             "revealBy", "closeBy", "verifier"]
WHO = {"id": "text", "office": "text", "department": "text", "home": "set", "scopes": "set", "lead": "truth",
       "certificate": "days", "absent": "set", "recused": "set", "cap": "cap"}
ROUTE = {"id": "text", "day": "day", "townships": "set", "parties": "set", "scopes": "set", "departments": "set",
         "seats": "number", "load": "number"}
RULES = {"crossArea": "truth", "differentOffices": "text", "restSamePair": "truth", "cap": "cap"}


def utf8(s):
    return s.encode("utf-8")


def crew_value(v, kind, where):
    text = lambda s: isinstance(s, str)
    number = lambda n: type(n) is int and n >= 0
    ok = {"text": text, "truth": lambda b: isinstance(b, bool), "number": number, "cap": lambda n: n is None or number(n),
          "day": lambda s: text(s) and DAY.fullmatch(s), "days": lambda d: isinstance(d, dict) and set(d) == {"from", "to"}
          and all(text(s) and DAY.fullmatch(s) for s in d.values()),
          "set": lambda a: isinstance(a, list) and all(map(text, a)) and all(utf8(p) < utf8(q) for p, q in zip(a, a[1:]))}
    if not ok[kind](v):
        raise Bad(where, "must be texts in ascending order, none twice" if kind == "set" else f"{v!a} is not a {kind}")


def check_crew_problem(p):
    keys_are(p, ["inspectors", "routes", "rules", "history", "size"], "problem")
    for name, kinds in (("inspectors", WHO), ("routes", ROUTE)):
        if not isinstance(p[name], list) or not p[name]:
            raise Bad(f"problem.{name}", "must be a list of at least one")
        for i, one in enumerate(p[name]):
            keys_are(one, kinds, f"problem.{name}[{i}]")
            for k, kind in kinds.items():
                crew_value(one[k], kind, f"problem.{name}[{i}].{k}")
            if i and utf8(p[name][i - 1]["id"]) >= utf8(one["id"]):
                raise Bad(f"problem.{name}[{i}].id", "not in ascending order")
    keys_are(p["rules"], RULES, "problem.rules")
    for k, kind in RULES.items():
        crew_value(p["rules"][k], kind, f"problem.rules.{k}")
    if p["rules"]["differentOffices"] not in ("all", "two", "off"):
        raise Bad("problem.rules.differentOffices", "must be all, two or off")
    if any(r["seats"] < 2 for r in p["routes"]):
        raise Bad("problem.routes", "at least two inspectors go on each route")
    if not isinstance(p["history"], list) or any(not isinstance(pair, list) or len(pair) != 2 for pair in p["history"]):
        raise Bad("problem.history", "must be a list of pairs")
    for i, pair in enumerate(p["history"]):
        crew_value(pair, "set", f"problem.history[{i}]")


def most_work(who, rules):
    return next((n for n in (who["cap"], rules["cap"]) if n is not None), float("inf"))


def may_not(who, route, rules):
    """The personal rule that keeps an inspector off a route, or None."""
    day, held = route["day"], who["certificate"]
    return ("home township" if rules["crossArea"] and set(who["home"]) & set(route["townships"]) else
            "recused" if set(who["recused"]) & set(route["parties"]) else
            "certificate not valid" if not held["from"] <= day <= held["to"] else
            "absent" if day in who["absent"] else
            "workload cap" if route["load"] > most_work(who, rules) else None)


def most_of_office(rules, route):
    return {"all": 1, "two": route["seats"] - 1, "off": route["seats"]}[rules["differentOffices"]]


def broken_rule(pairing, p):
    """(route, inspector or '', rule) of the first rule a whole pairing breaks, or None."""
    roster, rules, trips = {w["id"]: w for w in p["inspectors"]}, p["rules"], {}
    if set(pairing) != {r["id"] for r in p["routes"]}:
        return next(iter(set(pairing) ^ {r["id"] for r in p["routes"]})), "", "not the routes of the problem"
    for route in sorted(p["routes"], key=lambda r: r["day"]):
        crew = []
        for i in pairing[route["id"]]:
            if i not in roster:
                return route["id"], i, "not on the roster"
            crew.append(roster[i])
            mine = trips.setdefault(i, [])
            mine.append(route)
            rule = may_not(roster[i], route, rules)
            if len(mine) > 1 and mine[-2]["day"] == route["day"]:
                rule = rule or "two routes on one day"
            if sum(r["load"] for r in mine) > most_work(roster[i], rules):
                rule = rule or "workload cap"
            if rule:
                return route["id"], i, rule
        rule = None if len(crew) == route["seats"] else f"{route['seats']} inspectors wanted"
        if not any(w["lead"] for w in crew):
            rule = rule or "no lead"
        for scope in route["scopes"]:
            rule = rule or (None if any(scope in w["scopes"] for w in crew) else f"scope {scope}")
        for sender in route["departments"]:
            rule = rule or (None if any(w["department"] == sender for w in crew) else f"department {sender}")
        for w in crew:
            if sum(other["office"] == w["office"] for other in crew) > most_of_office(rules, route):
                rule = rule or f"office {w['office']}"
        if rule:
            return route["id"], "", rule
    for i, mine in trips.items() if rules["restSamePair"] else ():
        before = {other for pair in p["history"] if i in pair for other in pair}
        for route in mine:
            crew = set(pairing[route["id"]])
            if (crew & before) - {i}:
                return route["id"], i, "same partner twice in a row"
            before = crew
    return None


def add_up(goal, multipliers, p, least):
    """(over, under) of what the multipliers prove: section 4 of the protocol of crews."""
    rules, size = p["rules"], p["size"]
    cells = [(w, r) for w in p["inspectors"] for r in p["routes"] if not may_not(w, r, rules)]
    factor, constant, under = [0] * len(cells), 0, 0
    whos, routes = {w["id"]: w for w in p["inspectors"]}, {r["id"]: r for r in p["routes"]}
    for n, m in enumerate(multipliers):
        where = f"bounds.{goal}.multipliers[{n}]"
        keys_are(m, ["row", "times"], where)
        row, times = m["row"], m["times"]
        if not isinstance(row, list) or not all(isinstance(s, str) for s in row) or type(times) is not int:
            raise Bad(where, "a row is a list of texts, times a whole number")
        kind, a, b = (row + ["", "", ""])[:3]
        who, route = whos.get(a), routes.get(a)
        if times < 0 and kind != "seats":
            raise Differs(where, times, "a row cannot be added a negative number of times")
        own, load = (lambda w, r: r["id"] == a), (lambda r: 1)
        if len(row) == 2 and kind == "seats" and route:
            sign, rhs, on = 1, -route["seats"], own
        elif len(row) == 2 and kind == "lead" and route:
            sign, rhs, on = 1, -1, lambda w, r: own(w, r) and w["lead"]
        elif len(row) == 3 and kind == "scope" and route and b in route["scopes"]:
            sign, rhs, on = 1, -1, lambda w, r: own(w, r) and b in w["scopes"]
        elif len(row) == 3 and kind == "department" and route and b in route["departments"]:
            sign, rhs, on = 1, -1, lambda w, r: own(w, r) and w["department"] == b
        elif len(row) == 3 and kind == "office" and route:
            sign, rhs, on = -1, most_of_office(rules, route), lambda w, r: own(w, r) and w["office"] == b
        elif len(row) == 3 and kind == "day" and who:
            sign, rhs, on = -1, 1, lambda w, r: w["id"] == a and r["day"] == b
        elif len(row) == 2 and kind == "cap" and who and most_work(who, rules) != float("inf"):
            sign, rhs, on, load = -1, most_work(who, rules), lambda w, r: w["id"] == a, lambda r: r["load"]
        elif len(row) == 2 and kind == "workload" and who:
            sign, rhs, on, load = 1, 0, lambda w, r: w["id"] == a, lambda r: r["load"]
        elif len(row) == 3 and kind == "chance" and route and goal == "chance":
            sign, rhs, on = -1, 0, lambda w, r: own(w, r) and w["id"] == b
        else:
            raise Differs(where, row, "there is no such row")
        inside = [k for k, (w, r) in enumerate(cells) if on(w, r)]
        if not inside:
            raise Differs(where, row, "there is no such row")
        for k in inside:
            factor[k] += sign * times * size * load(cells[k][1])
        constant += rhs * times * size
        if kind == goal:
            under += times * size
        elif kind == "workload":
            constant -= times * least
    if under <= 0:
        raise Differs(f"bounds.{goal}.multipliers", multipliers, "the rows prove nothing")
    total = constant + sum(f for f in factor if f > 0)
    return (total if goal == "workload" else -total), under


def places(over, under, up):
    n = 0 if over <= 0 else (over * 10**6 + (under - 1 if up else 0)) // under
    return f"{n // 10**6}.{n % 10**6:06d}"


def check_crew_plan(d):
    """Types of the plan's terms by the rules of a draw's plan; what crews have no word for stands in."""
    plan = d["plan"]
    keys_are(plan, CREW_PLAN, "plan")
    blank = dict({k: None for k in PLAN}, v=V, plan="-", kind="-", crs="-", sampleSize=1, minPerTownship=0, substitutes=0,
                 grid=1, h3Resolution=0, publicFrame=False)
    check_plan({k: plan[k] if k in CREW_PLAN and k != "v" else blank[k] for k in PLAN}, True)
    if plan["draw"] is not None and not (isinstance(plan["draw"], str) and HEX64.fullmatch(plan["draw"])):
        raise Bad("plan.draw", "must be 64 lower-case hex digits, or null")


def verify_crews(d, commitment=None, tell=lambda step, text: None):
    """Raises Bad or Differs; otherwise tells each step as it is proved and returns the commitment."""
    keys_are(d, CREW_TOP, "document")
    for k in CREW_TOP:
        check_json(d[k], k)
    p, plan, portfolio = d["problem"], d["plan"], d["portfolio"]
    same("v", d["v"], CREW)
    check_crew_problem(p)
    check_crew_plan(d)
    if not isinstance(portfolio, list) or not all(isinstance(one, dict) for one in portfolio):
        raise Bad("portfolio", "must be a list of pairings")
    for t, one in enumerate(portfolio):
        for route, crew in one.items():
            crew_value(crew, "set", f"portfolio[{t}].{route}")
    same("problem.size", p["size"], len(portfolio))
    if p["size"] < 200:
        raise Differs("problem.size", p["size"], "200 or more")
    digest = lambda name, v: H(tag(f"fairlot/crew/{name}/1"), jcs_bytes(v)).hex()
    same("plan.v", plan["v"], CREW)
    same("plan.routesHash", plan["routesHash"], digest("routes", p["routes"]))
    same("plan.rosterHash", plan["rosterHash"], digest("roster", p["inspectors"]))
    same("plan.rulesHash", plan["rulesHash"], digest("rules", dict(p["rules"], history=p["history"], size=p["size"])))
    tell("problem 名册与路线", f"{len(p['inspectors'])} inspectors, {len(p['routes'])} routes")
    same("plan.portfolio", plan["portfolio"], {"size": len(portfolio), "root": tree(portfolio)})
    same("commitment", d["commitment"], digest("commit", plan))
    if commitment:
        same("commitment (as published)", commitment, d["commitment"])
    tell("commitment 承诺", d["commitment"] + (" = the one you gave" if commitment else ""))
    texts = [jcs_bytes(one) for one in portfolio]
    for t, one in enumerate(portfolio):
        if t and texts[t - 1] > texts[t]:
            raise Differs(f"portfolio[{t}]", one, "not in canonical order")
        broken = broken_rule(one, p)
        if broken:
            raise Differs(f"portfolio[{t}].{broken[0]}", broken[1], broken[2])
    tell("rules 规则", f"each of {len(portfolio)} pairings obeys every rule")
    counts, work = {w["id"]: {} for w in p["inspectors"]}, {w["id"]: 0 for w in p["inspectors"]}
    for one in portfolio:
        for r in p["routes"]:
            for i in one[r["id"]]:
                counts[i][r["id"]] = counts[i].get(r["id"], 0) + 1
                work[i] += r["load"]
    same("marginals", d["marginals"], counts)
    same("work", d["work"], work)
    able = [w["id"] for w in p["inspectors"] if any(not may_not(w, r, p["rules"]) for r in p["routes"])]
    least, largest = min(work[i] for i in able), max(n for row in counts.values() for n in row.values())
    keys_are(d["bounds"], ["workload", "chance", "hash"], "bounds")
    proved = {}
    for goal in ("workload", "chance"):
        bound = d["bounds"][goal]
        keys_are(bound, ["over", "under", "multipliers"], f"bounds.{goal}")
        if not isinstance(bound["multipliers"], list):
            raise Bad(f"bounds.{goal}.multipliers", "must be a list")
        over, under = proved[goal] = add_up(goal, bound["multipliers"], p, least)
        same(f"bounds.{goal}", {"over": bound["over"], "under": bound["under"]}, {"over": str(over), "under": str(under)})
    same("bounds.hash", d["bounds"]["hash"], digest("bounds", {k: d["bounds"][k] for k in ("workload", "chance")}))
    figures = {"smallestWorkload": places(least, p["size"], False), "workloadBound": places(*proved["workload"], True),
               "largestChance": places(largest, p["size"], True), "chanceBound": places(*proved["chance"], False)}
    same("figures", d["figures"], figures)
    tell("chances 机会", "smallest expected work {smallestWorkload} (no lottery above {workloadBound}), largest chance "
         "{largestChance} (none below {chanceBound})".format(**figures))
    drawn_keys = ("ticket", "drawn", "replacements")
    if d["seed"] is None:
        for k in ("seedSource", "entropy") + drawn_keys:
            same(k, d[k], None)
        tell("ticket 签", "not drawn yet")
        return d["commitment"]
    if not isinstance(d["seed"], str) or not HEX64.fullmatch(d["seed"]):
        raise Bad("seed", "must be 64 lower-case hex digits")
    same("seedSource", d["seedSource"], "given" if d["entropy"] is None else "ceremony")
    if d["entropy"] is not None:
        if plan["entropy"] is None or plan["nonceCommit"] is None:
            raise Bad("plan.entropy", "a ceremony needs a plan of its entropy")
        check_entropy(plan, d["entropy"])
        same("plan.nonceCommit", plan["nonceCommit"], H(tag("fairlot/nonce/1"), bytes.fromhex(d["entropy"]["nonce"])).hex())
        same("seed", d["seed"], H(tag("fairlot/crew/seed/1"), bytes.fromhex(d["commitment"]), jcs_bytes(d["entropy"])).hex())
    tell("seed 种子", d["seed"] + (" (given, no ceremony)" if d["entropy"] is None else f" ({plan['entropy']['level']})"))
    seed = bytes.fromhex(d["seed"])
    ticket = stream(seed, "crew")(len(portfolio))
    same("ticket", d["ticket"], ticket)
    same("drawn", d["drawn"], portfolio[ticket])
    order = lambda r, k: sorted((w["id"] for w in p["inspectors"] if not may_not(w, r, p["rules"])),
                                key=lambda i: H(seed, b"\0replace\0", utf8(r["id"]), b"\0%d\0" % k, utf8(i)))
    same("replacements", d["replacements"],
         {r["id"]: [order(r, k) for k in range(1, r["seats"] + 1)] for r in p["routes"]})
    tell("ticket 签", f"{ticket}: the drawn pairing and who replaces whom follow from the seed")
    return d["commitment"]


def main():
    cli = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    cli.add_argument("manifest", help="manifest of a draw, or document of crews by lot")
    cli.add_argument("--frame", help="CSV, a JSON array of rows, or a JSON object with frame and excluded")
    cli.add_argument("--excluded", help="CSV id,reason[,salt] or a JSON array")
    cli.add_argument("--commitment", help="from paper, a QR code or a checkpoint")
    cli.add_argument("--manifest-hash", help="likewise")
    args = cli.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
        sys.stderr.reconfigure(errors="replace")
    try:
        outside = {}
        for k in ("commitment", "manifest_hash"):
            outside[k] = re.sub(r"\s", "", getattr(args, k) or "").lower() or None
            if getattr(args, k) is not None and not HEX64.fullmatch(outside[k] or ""):
                raise Bad("--" + k.replace("_", "-"), "must be 64 hex digits")
        document = parse_json(read_text(args.manifest), "manifest")
        tell = lambda step, text: print(f"ok  {step}: {text}", flush=True)
        if isinstance(document, dict) and document.get("v") == CREW:
            document.pop("programme", None)  # the chances aimed at, which the command tells beside the proof
            verify_crews(document, outside["commitment"], tell)
            print("VERIFIED 一致: these crews follow from this portfolio and this seed, and are the ones committed to."
                  if outside["commitment"] else
                  "SELF-CONSISTENT ONLY 仅自身一致: give --commitment, from paper, QR or a checkpoint, to prove more.")
            return 0
        if not args.frame:
            raise Bad("--frame", "is needed to verify a draw")
        rows, excluded = read_frame(args.frame)
        if args.excluded and excluded is not None:
            raise Bad(args.excluded, "the frame file already holds the excluded list")
        excluded = read_excluded(args.excluded) if args.excluded else excluded or []
        is_csv = lambda path: path if path and read_text(path).lstrip()[:1] not in ("[", "{") else None
        verify(document, rows, excluded, **outside, tell=tell,
               csv=(is_csv(args.frame), is_csv(args.excluded)))
    except Bad as e:
        print(f"bad input 输入有误: {e.args[0]}: {e.args[1]}", file=sys.stderr)
        return 2
    except Differs as e:
        where, said, found = (e.args[0], *(v if isinstance(v, str) else jcs(v) for v in e.args[1:]))
        hint = "; no --excluded list was given" if where.endswith("excludedRoot") and not args.excluded else ""
        print(f"DIFFERS 不一致: {where}: stated {said}; recomputed {found}{hint}", file=sys.stderr)
        return 1
    if outside["commitment"] or outside["manifest_hash"]:
        print("VERIFIED 一致: the list follows from this frame, this plan and this seed, and is the one published.")
    else:
        print("SELF-CONSISTENT ONLY 仅自身一致: give --commitment or --manifest-hash, from paper, QR or a checkpoint, to prove more.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
