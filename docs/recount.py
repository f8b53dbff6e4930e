"""Count an election file or an export of Martahi again, without Martahi: `recount.py FILE`.

It prints what `tally` does (not irv, approval, score), and of an export compares hashes and result.
"""

import hashlib
import json
import sys
from decimal import Decimal
from fractions import Fraction


def main(path):
    with open(path, encoding="utf-8-sig") as file:
        lines = file.read().splitlines() if path.endswith(".jsonl") else [file.read()]
    files = [json.loads(line, parse_float=Fraction) for line in lines if line.strip()]
    export = from_lines(files) if path.endswith(".jsonl") else files[0]
    pairs = of_seal(export) if "seal" in export else {}
    if "withheld" in export or ("seal" in export and "kind" not in export):
        print("there are no ballots to count:", export.get("withheld"), file=sys.stderr)
    else:
        print(json.dumps(found := count(export)))
        pairs |= of_result(export, found) if "seal" in export else {}
    wrong = [f"{what}: {a} is not {b}" for what, (a, b) in pairs.items() if a != b]
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


def from_lines(rows):  # each tells the counts of one item
    ratio = {str(n): row.get("majority_ratio_required") for n, row in enumerate(rows)}
    return {"kind": "approve", "candidates": [row["option"] for row in rows], "columns": rows,
            "ballots_cast": sum({row["vote"]: row["ballots"] for row in rows}.values()),
            "quorums": [row.get("quorum") for row in rows], "majority_required": ratio}  # fmt: skip


def count(export):
    names, kind = export["candidates"], export.get("kind") or "ranked"
    ballots, size = export.get("ballots"), len(names)
    cast = export.get("ballots_cast") if ballots is None else sum(b[0] for b in ballots)
    columns = None if kind == "ranked" else columns_of(export, kind, size)
    table = table_of(export, size) if kind == "ranked" else None
    default = names.index(d) if (d := export.get("default_option")) in names else d and int(d)
    options = [option for option in range(size) if option not in export.get("void", [])]
    dropped = {"quorum": [], "majority": []}
    for option in [option for option in options if option != default]:
        above, below = -1, -2  # nothing to be measured by
        if kind == "approve":
            above, below = columns[option].get("approve", 0), columns[option].get("reject", 0)
        elif default is not None:
            above, below = table[option][default], table[default][option]
        quorum = export.get("quorums", [export.get("quorum")] * size)[option] or 0
        required = export.get("majority_required") or {}
        ratio = required.get(str(option), required.get(names[option])) or 1
        ratio = Fraction(str(ratio).replace(":", "/"))
        if cast < export.get("ballots_required", 0) or -1 < above < Fraction(quorum):
            dropped["quorum"].append(option)
        elif -1 < above <= ratio * below:
            dropped["majority"].append(option)
    left = [o for o in options if o not in dropped["quorum"] + dropped["majority"]]
    ranking, more = [left] if left else [], {}
    if kind == "ranked":
        ranking = schulze(table, left)
    elif kind == "weights":
        places, more = weights(columns, left if cast else [], size)
        ranking = places or ranking
    else:
        counts = [{w: c.get(w, 0) for w in ("approve", "reject", "abstain")} for c in columns]
        more["counts"] = [counts[o] if o in options else None for o in range(size)]
    found = {"method": "schulze" if kind == "ranked" else kind, "winners": (ranking or [[]])[0]}
    found |= {"ranking": ranking, "pairwise": table, "dropped": dropped, "ballots": cast}
    return found | more


def columns_of(export, kind, size):
    """For each option how many ballots give each answer about it."""
    exact = str if kind == "approve" else Fraction
    if export.get("ballots") is None:
        return [{exact(k): n for k, n in (column or {}).items()} for column in export["columns"]]
    columns = [{} for _ in range(size)]
    for number, ballot, *_code in export["ballots"]:
        for option, column in enumerate(columns):
            answer = ballot.get(str(option), None if kind == "approve" else "0")
            if answer is not None and number:
                column[exact(answer)] = column.get(exact(answer), 0) + number
    return columns


def table_of(export, size):
    """How many ballots rank the option of the row above that of the column."""
    if export.get("ballots") is None:
        return export["pairwise"]
    table = [[0] * size for _ in range(size)]
    last = -1 if export.get("unranked_rule") == "no_opinion" else size
    for number, ranking, *_code in export["ballots"]:
        place = {option: level for level, group in enumerate(ranking) for option in group}
        for one, level in place.items():
            for other in [o for o in range(size) if level < place.get(o, last)]:
                table[one][other] += number
    return table


def schulze(table, options):
    """A way is as strong as its weakest victory; whom nobody beats stands first, and so on."""
    strength = {(a, b): 0 for a in options for b in options}
    victories = [(table[a][b], a, b) for a, b in strength if table[a][b] > table[b][a]]
    for votes, winner, loser in sorted(victories, reverse=True):  # ways of ever weaker victories
        for a in [o for o in options if o == winner or strength[o, winner]]:
            for b in [o for o in options if o == loser or strength[loser, o]]:
                strength[a, b] = strength[a, b] or votes
    ranking, left = [], list(options)
    while left:
        ranking.append([a for a in left if not any(strength[b, a] > strength[a, b] for b in left)])
        left = [a for a in left if a not in ranking[-1]]
    return ranking


def weights(columns, options, size):
    """Medians, and their shares of 100: cut after four decimals, the rest to the largest losses."""
    found, exact = {"medians": [None] * size, "weights": [None] * size}, {}
    for o in options:
        points = sorted(p for p, number in columns[o].items() for _ in range(number))
        exact[o] = Fraction(points[(len(points) - 1) // 2] + points[len(points) // 2]) / 2
        found["medians"][o] = f"{Decimal(exact[o].numerator) / exact[o].denominator:f}"
    if total := sum(exact.values()):
        scaled = {o: value * 1_000_000 / total for o, value in exact.items()}
        steps = {o: int(value) for o, value in scaled.items()}
        losses = sorted(options, key=lambda o: (steps[o] - scaled[o], o))
        for o in losses[: 1_000_000 - sum(steps.values())]:
            steps[o] += 1
        for o, step in steps.items():
            found["weights"][o] = f"{step // 10_000}.{step % 10_000:04}"
    return [[o for o in options if exact[o] == v] for v in sorted({*exact.values()})[::-1]], found


def sha256(document, before=b""):
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(before + text.encode()).hexdigest()


def of_seal(export):
    """What must be equal of the seal, the sealed result, and what was kept of the ballots."""
    seal, result, kept, roll = [export.get(k) for k in ("seal", "result", "kept", "roll")]
    nonce = seal.get("nonce", "").encode() + b"\n"
    return {
        "the hash of the result": (sha256(result), seal["result_hash"]),
        "the hash of the receipts": (sha256(export["receipts"]), seal["receipts_hash"]),
        "the roll": ([roll["hash"]] * 2, [seal["roll_hash"], result["roll_hash"]]),
        "the rules": ([export["rule"], roll["electors"]], [result["policy"], result["electors"]]),
        "what was kept": (kept and sha256(kept, nonce), kept and seal["ballots_hash"]),
    }


def of_result(export, found):
    """What must be equal of the count, what was kept, and the result by the rules in it."""
    text = json.dumps(export, default=str).replace('"object"', '"reject"')
    export = json.loads(text.replace('"agree"', '"approve"'))  # a consensus in words of a file
    result, rule, kept, kind = export["result"], export["rule"], export["kept"], export["kind"]
    electors, items, void = result["electors"], list(enumerate(result["items"])), export["void"]
    share, turnout, mode = rule["quorum"], result["turnout"], rule["publication_mode"]
    quorum = electors // 2 + 1 if share == "half_plus_one" else -(-electors * Fraction(share) // 1)
    codes, receipts = [ballot[2] for ballot in export.get("ballots") or []], export["receipts"]
    whole = {ballot["code"]: ballot["choices"] for ballot in kept["ballots"]}
    for ballot in sorted(kept.get("named", []), key=lambda b: b["number"]):  # the last one counts
        said = {choice["item"]: choice["choice"] for choice in ballot["choices"]}
        whole[ballot["person"]] = [None if n in void else said[i["item"]] for n, i in items]
    told = [{str(n): c for n, c in enumerate(whole[who]) if c} for who in sorted(whole)]
    pairs = {
        "the quorum": ([quorum] * 2, [result["quorum_needed"], export["ballots_required"]]),
        "the number of ballots": (turnout, found["ballots"]),
        "the void items": (void, [n for n, item in items if item["is_void"]]),
        "the codes": (sorted(whole), codes),
        "the receipts": (codes if mode == "B" else receipts, receipts),
        "their number": (len(receipts), turnout * (mode in "AB")),
    }
    held = [column["choices"] for column in kept["columns"]]
    is_told = result["quorum_reached"]  # else no option is left, and nothing is decided
    if kind == "ranked":
        standing = [n for n, _item in items if n not in void]
        pairs |= {f"{a} over {b}": (held[a].get(f"over {b + 1}", 0), found["pairwise"][a][b])
                  for a in standing for b in standing}  # fmt: skip
        places = {o: n for n, group in enumerate(found["ranking"], 1) for o in group}
        pairs["the places"] = ({n: items[n][1]["place"] for n in standing if is_told}, places)
    else:
        pairs["the columns"] = [columns_of(f, kind, len(held)) for f in ({"columns": held}, export)]
        pairs["the ballots"] = (told, [ballot[1] for ballot in export.get("ballots") or []])
    if kind == "weights" and is_told:
        sealed = [Fraction(item.get("weight_percent") or 0) for _n, item in items]
        pairs["the weights"] = (sealed, [Fraction(weight or 0) for weight in found["weights"]])
    if kind == "approve":
        share, ratios = Fraction(rule["majority"]), export["majority_required"]
        needed = max(turnout, 1) if rule.get("method") == "consensus" else share / (1 - share)
        pairs["the majority"] = ({*map(Fraction, ratios.values())}, {needed})
        pairs["the decision"] = ([n for n, i in items if i.get("passed")], found["winners"])
        both = [item.get("counts") for _n, item in items], found["counts"]
        pairs["the counts"] = [[{w: n for w, n in (c or {}).items() if n} for c in b] for b in both]
    return pairs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
