#!/usr/bin/env python3
"""A running hub whose shop is somebody else's mock of commercetools: orders arrive, a cancel and a return in part reach it, once.

usage: run.py --build BUILD --node NODE
"""
import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, wait_for  # noqa: E402
from shop import PROJECT, Shop  # noqa: E402
from stage import stage, verdict  # noqa: E402


class CommercetoolsHub(Hub):
    """The shop of the configuration is replaced before the hub starts."""

    def use_shop(self, url):
        settings = json.loads(self.config.read_text())
        shop = {"name": "shop", "connector": "commercetools", "grant": {"hosts": [url.removeprefix("http://")]}, "poll_interval_s": 1,
                "config": {"api_url": url, "auth_url": url, "project": PROJECT, "client_id": "client", "client_secret": "plain:secret",
                           "scope": f"manage_orders:{PROJECT} manage_payments:{PROJECT}"}}
        settings["connectors"] = [shop if each["name"] == "shop" else each for each in settings["connectors"]]
        self.config.write_text(json.dumps(settings, indent=1))


def play_cancel(story, shop, number, order, fault):
    shop.fail(f"POST /{PROJECT}/orders/{order}", fault)
    done = story.submit("cancel", {"code": number}, story.units_of(2))
    story.finish({"code": number}, done)
    story.equal(f"{number} ({fault}): cancelled in the shop", shop.get(f"/orders/{order}")["orderState"], "Cancelled")
    wait_for("and in the hub", lambda: story.hub.order(number)["status"] == "cancelled")


def play_return(story, shop, number, order, payment, fault):
    earlier = len(shop.refunds(payment))
    shop.fail(f"POST /{PROJECT}/payments/{payment}", fault)
    done = story.submit("return", {"code": number}, story.units_of(1))
    story.finish({"code": number}, done)
    made = shop.refunds(payment)[earlier:]
    story.equal(f"{number} ({fault}): one refund", [(each["amount"]["centAmount"], each["state"]) for each in made], [(1200, "Initial")])
    key = story.of_action({"code": number}, done, "refunds")[0]["id"]
    entered = [each for each in shop.get(f"/orders/{order}")["returnInfo"] if each["returnTrackingId"] == f"orderhub-{key}"]
    story.equal("one unit came back", [[item["quantity"] for item in each["items"]] for each in entered], [[1]])
    shop.give_back(payment)
    wait_for("the hub learns that the money went", lambda: [
        each for each in story.of_action({"code": number}, done, "refunds") if each["state"] == "succeeded"])


def play(story, shop):
    first, _ = shop.place("C1", is_paid=False)
    second, _ = shop.place("C2", is_paid=False)
    third, payment = shop.place("C3", is_paid=True)
    story.hub.use_shop(shop.url)
    story.hub.make_token()
    story.hub.start()
    wait_for("the orders are there", lambda: all(story.hub.order(f"C{number}") for number in (1, 2, 3)))
    story.equal("their total", story.hub.order("C3")["totals"]["current"]["inc"], "24.00")
    story.equal("nobody needs to look at it", [each["message"] for each in story.hub.order("C3")["exceptions"]], [])
    play_cancel(story, shop, "C1", first, "lost_after")
    play_cancel(story, shop, "C2", second, "lost_before")
    shop.ship(third)
    wait_for("the hub knows that it left", lambda: story.quantity({"code": "C3"}, "fulfilled") == 2)
    play_return(story, shop, "C3", third, payment, "lost_after")
    play_return(story, shop, "C3", third, payment, "status_503")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--node", required=True)
    options = parser.parse_args()
    with stage(options.build, CommercetoolsHub) as story:
        shop = Shop(options.node)
        try:
            play(story, shop)
        finally:
            shop.close()
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
