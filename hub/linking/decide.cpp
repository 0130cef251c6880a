#include "hub/linking/decide.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace orderhub::linking {

namespace {

constexpr int kHardlyAny = 2;  ///< points of goods that may be chance
constexpr int kSurest = 100;   ///< the score of what cannot be surer

class Decision {
public:
    Decision(const Scoring& scoring, std::vector<Scored> all)
        : scoring_(scoring), limits_(scoring.settings.thresholds), all_(std::move(all)) {
        std::ranges::sort(all_, [](const Scored& one, const Scored& other) {
            return one.total() != other.total() ? one.total() > other.total()
                                                : one.order->placed_at > other.order->placed_at;
        });
    }

    Verdict decide() {
        Verdict verdict;
        if (auto chosen = by_number(verdict.reason); !chosen.empty()) {
            link(verdict, chosen);
        } else if (verdict.reason.empty()) {
            if (chosen = by_evidence(verdict.reason); !chosen.empty()) link(verdict, chosen);
        }
        if (verdict.outcome == Outcome::none) suggest(verdict);
        return verdict;
    }

private:
    using Chosen = std::vector<const Scored*>;

    bool is_owner(const Scored& each) const {
        return each.identity >= limits_.owner || scoring_.signals.anonymous();
    }

    /// The orders whose numbers are named, if nothing speaks against them. A reason, if one does.
    Chosen by_number(std::string& reason) const {
        Chosen named;
        for (const Scored& each : all_) {
            if (each.named != Named::surely) continue;
            if (!is_owner(each)) {
                reason = "the number " + each.order->number + " belongs to somebody else's order";
                return {};
            }
            named.push_back(&each);
        }
        if (named.empty()) return {};
        for (const Scored* each : named)
            if (each->which < limits_.evidence || each->total() < limits_.total) {
                reason = "much speaks against the order that is named";
                return {};
            }
        if (named.size() == 1 && speaks_of_another(*named.front())) {
            reason = "the goods are those of another order than the number's";
            return {};
        }
        reason = "named by its number";
        return named;
    }

    bool speaks_of_another(const Scored& named) const {
        if (named.goods > kHardlyAny) return false;
        return std::ranges::any_of(all_, [&](const Scored& each) {
            return &each != &named && each.goods >= limits_.margin &&
                   each.identity >= named.identity && each.identity >= limits_.identity;
        });
    }

    Chosen by_evidence(std::string& reason) const {
        if (all_.empty()) return {};
        const Scored& best = all_.front();
        if (best.other_goods) return because(reason, "the goods are not in the order");
        if (!scoring_.signals.about_order() && best.goods < limits_.margin)
            return because(reason, "it may be about no order");
        const bool unknown = !unknown_numbers(scoring_.signals, all_).empty();
        if (unknown && best.which - best.goods < limits_.evidence)
            return because(reason, "it names a number that is no order's here");
        if (best.identity < limits_.identity && !is_close_enough(best))
            return because(reason, "it is not sure who wrote");
        if (best.total() < limits_.total) return because(reason, "too little fits");
        const bool only = is_only_order(best) && best.which >= best.mild;
        if (!only && std::max(best.which, best.goods) < limits_.evidence)
            return because(reason, "nothing tells which of the customer's orders it is");
        const auto rival = [&](const Scored& each) { return &each != &best && !beats(best, each); };
        if (std::ranges::any_of(all_, rival)) {
            if (Chosen both = several(best); both.size() > 1) return both;
            return because(reason, "another order fits nearly as well");
        }
        reason = "nothing else fits nearly as well";
        return with_others(best);
    }

    /// By so much that it may be linked. The state and age of another order do not outweigh what
    /// the text says.
    bool beats(const Scored& best, const Scored& other) const {
        if (best.total() - other.total() >= limits_.margin) return true;
        return best.total() > other.total() && best.firm() - other.firm() >= limits_.margin;
    }

    static Chosen because(std::string& reason, const char* why) {
        reason = why;
        return {};
    }

    /// Little says who wrote, but much says which order.
    bool is_close_enough(const Scored& best) const {
        return best.identity >= scoring_.settings.weights.full_name &&
               best.goods >= limits_.margin && best.which >= 2 * limits_.evidence;
    }

    bool is_only_order(const Scored& best) const {
        return std::ranges::none_of(all_, [&](const Scored& each) {
            return &each != &best && each.identity + limits_.margin > best.identity &&
                   each.which > scoring_.settings.weights.not_yet_placed / 2;
        });
    }

    /// "Both orders": those of the same person that explain goods which the best does not.
    Chosen with_others(const Scored& best) const {
        Chosen chosen{&best};
        if (!scoring_.signals.says(Cue::several)) return chosen;
        std::set<std::size_t> said = best.said;
        for (const Scored& each : all_) {
            if (&each == &best || each.identity < best.identity || each.goods < limits_.margin)
                continue;
            const bool news = std::ranges::any_of(
                each.said, [&](std::size_t word) { return !said.contains(word); });
            if (!news) continue;
            said.insert(each.said.begin(), each.said.end());
            chosen.push_back(&each);
        }
        return chosen;
    }

    Chosen several(const Scored& best) const {
        Chosen chosen = with_others(best);
        // Every order that fits nearly as well must be one of them.
        for (const Scored& each : all_)
            if (!beats(best, each) && std::ranges::find(chosen, &each) == chosen.end()) return {};
        return chosen;
    }

    Link as_link(const Scored& each) const {
        Link link{each.order, std::clamp(each.total(), 0, kSurest), {}};
        std::vector<Evidence> evidence = each.evidence;
        std::ranges::sort(evidence, [](const Evidence& one, const Evidence& other) {
            return std::pair(-std::abs(one.points), std::string_view(one.text)) <
                   std::pair(-std::abs(other.points), std::string_view(other.text));
        });
        for (const Evidence& one : evidence)
            if (one.points != 0)
                link.evidence.push_back(one.text + " (" + (one.points > 0 ? "+" : "") +
                                        std::to_string(one.points) + ")");
        return link;
    }

    void link(Verdict& verdict, const Chosen& chosen) const {
        verdict.outcome = Outcome::auto_link;
        for (const Scored* each : chosen)
            verdict.links.push_back(as_link(*each));
    }

    /// Customers mostly write about their newest order: it is among the suggestions, whatever its
    /// state.
    void keep_newest() {
        constexpr int kSamePerson = 8;
        const auto most = static_cast<std::ptrdiff_t>(limits_.suggestions);
        if (std::ssize(all_) <= most) return;
        const int identity = std::ranges::max(all_, {}, &Scored::identity).identity;
        auto newest = all_.end();
        for (auto each = all_.begin(); each != all_.end(); ++each) {
            const bool theirs = each->identity + kSamePerson >= identity &&
                                each->which > scoring_.settings.weights.not_yet_placed / 2;
            if (theirs &&
                (newest == all_.end() || each->order->placed_at > newest->order->placed_at))
                newest = each;
        }
        const auto last = all_.begin() + most - 1;
        if (newest != all_.end() && newest > last) std::rotate(last, newest, newest + 1);
    }

    void suggest(Verdict& verdict) {
        keep_newest();
        for (const Scored& each : all_) {
            if (verdict.links.size() == static_cast<std::size_t>(limits_.suggestions)) break;
            if (each.total() < limits_.suggestion) continue;
            verdict.links.push_back(as_link(each));
            if (each.named == Named::surely && !is_owner(each))
                verdict.links.back().evidence.emplace_back("the order belongs to somebody else");
        }
        if (!verdict.links.empty()) verdict.outcome = Outcome::suggest;
        if (verdict.links.empty()) verdict.reason = "nothing tells an order";
    }

    const Scoring& scoring_;
    const Thresholds& limits_;
    std::vector<Scored> all_;
};

}  // namespace

Verdict decide(const Scoring& scoring, std::vector<Scored> all) {
    return Decision(scoring, std::move(all)).decide();
}

}  // namespace orderhub::linking
