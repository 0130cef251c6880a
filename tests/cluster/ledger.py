"""What the stand-ins' ledger says about the order in which effects came."""

import re

KEY = re.compile(r"orderhub:([A-Za-z0-9_-]+)")

# Deliveries in the order in which they were asked for, each with what its effect carries: the books know a memo by its number.
DELIVERIES = """SELECT connector, order_key, CASE kind WHEN 'credit_memo.post' THEN payload::json -> 'memo' ->> 'number'
 ELSE key END FROM deliveries WHERE state = 'done' ORDER BY sequence"""


def first_places(effects):
    """{key: the place of its first effect}: a delivery may have several, and all carry its key."""
    places = {}
    for place, effect in enumerate(effects):
        text = str(effect["key"])
        for key in KEY.findall(text) or [text]:
            places.setdefault(key, place)
    return places


def out_of_order(effects, deliveries):
    """(lines whose effects came in another order than their deliveries, how many neighbours were compared)"""
    places, last, wrong, compared = first_places(effects), {}, set(), 0
    for connector, order_key, key in deliveries:
        place = places.get(key)
        if place is None:
            continue
        before = last.get((connector, order_key))
        if before is not None:
            compared += 1
            if before > place:
                wrong.add((connector, order_key))
        last[connector, order_key] = place
    return sorted(wrong), compared
