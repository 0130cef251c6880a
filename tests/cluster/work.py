"""Work for the hubs: the mixed load of the crash tests, with what each answer of intake took, and the judge at its end."""

import time

from judge import Judge
from killed_hub import settled
from mixed_load import Load, Poster
from signed_shop import SignedShop


class MeasuredShop(SignedShop):
    """Keeps (when it was sent, the status, seconds) of each post."""

    def __init__(self, port):
        super().__init__(port)
        self.posts = []

    def post(self, number):
        sent = time.monotonic()
        status = super().post(number)
        self.posts.append((sent, status, time.monotonic() - sent))
        return status

    def slowest(self, *statuses):
        """Seconds that an answer of these statuses took at most."""
        return max((seconds for _, status, seconds in self.posts if status in statuses), default=0.0)

    def count(self, status):
        return sum(each[1] == status for each in self.posts)

    def longest_gap(self):
        """Seconds between two acknowledged posts at most: how long the whole did not take anything."""
        taken = sorted(sent + seconds for sent, status, seconds in self.posts if status == 202)
        return max((later - earlier for earlier, later in zip(taken, taken[1:])), default=0.0)


class Work:
    def __init__(self, story, seed="cluster"):
        self.story = story
        self.shop = MeasuredShop(story.hub.port)
        self.load = Load(story.systems, story.hub, self.shop, seed)
        self.load.workers += [Poster(self.load, f"poster-{number}", 15) for number in (3, 4)]

    def begin(self):
        self.load.start()

    def add(self, placed, action, answers):
        """Actions that were acknowledged elsewhere, for the judge."""
        self.load.promises.actions += [(placed, action, done) for done in answers]

    def acknowledged(self):
        return len(self.load.promises.signed)

    def end_and_judge(self, seconds=300):
        story, promises = self.story, self.load.promises
        story.equal("workers that failed", self.load.finish(), [])
        left, retried = settled(story.hub, story.systems, seconds)
        story.equal("still open after the load", left, [])
        story.equal("what an operator had to try again", retried, 0)
        story.say(f"  {len(promises.signed)} signed orders, {len(promises.orders)} orders of the shop, {len(promises.actions)}"
                  f" actions ({promises.refused} refused), {len(promises.tickets)} tickets,"
                  f" {len(story.systems.effects())} effects; intake's answers: {self.answers()}")
        Judge(story, promises).judge()

    def answers(self):
        seen = {}
        for _, status, _ in self.shop.posts:
            seen[status] = seen.get(status, 0) + 1
        return seen
