#include <algorithm>

#include "hub/linking/memory_index.hpp"
#include "hub/runtime/linking_commands.hpp"

namespace orderhub::runtime {

namespace {

using linking::Outcome;

class Judge {
public:
    explicit Judge(LinkingFigures& figures) : figures_(figures) {}

    void take(const std::string& case_id, const std::vector<std::string>& gold, bool determined,
              const linking::Verdict& verdict) {
        ++figures_.cases;
        if (!gold.empty()) ++figures_.with_order;
        determined = determined && !gold.empty();
        if (determined) ++figures_.determined;
        std::vector<std::string> given;
        for (const linking::Link& link : verdict.links)
            given.push_back(link.order->number);
        const auto right = [&](const std::string& number) {
            return std::ranges::find(gold, number) != gold.end();
        };
        const bool first = !given.empty() && right(given.front());
        const bool found = std::ranges::any_of(given, right);
        if (found) ++figures_.found;
        bool confused = !gold.empty() && !found;
        switch (verdict.outcome) {
            case Outcome::auto_link: {
                ++figures_.auto_linked;
                const bool all = std::ranges::all_of(given, right);
                if (all) ++figures_.auto_right;
                if (determined && all && given.size() == gold.size()) ++figures_.auto_recalled;
                confused = confused || !all;
                break;
            }
            case Outcome::suggest:
                ++figures_.suggested;
                if (gold.empty()) break;
                ++figures_.suggested_with_order;
                figures_.top_1 += first ? 1 : 0;
                figures_.top_5 += found ? 1 : 0;
                break;
            case Outcome::none:
                ++figures_.none;
                if (!gold.empty()) ++figures_.none_with_order;
                break;
        }
        if (confused || (determined && verdict.outcome != Outcome::auto_link))
            figures_.confusions.push_back({case_id, std::string(linking::to_text(verdict.outcome)),
                                           std::move(given), gold, verdict.reason});
    }

private:
    LinkingFigures& figures_;
};

}  // namespace

LinkingFigures judge(const LinkingInput& input, const Gold& gold,
                     const std::set<std::string>& undetermined,
                     const std::vector<linking::Verdict>& verdicts) {
    LinkingFigures figures;
    Judge judge(figures);
    for (std::size_t i = 0; i < input.tickets.size(); ++i) {
        const std::string& id = input.tickets[i].id;
        const auto right = gold.find(id);
        if (right != gold.end())
            judge.take(id, right->second, !undetermined.contains(id), verdicts[i]);
    }
    return figures;
}

std::vector<linking::Verdict> match_all(const LinkingInput& input,
                                        const linking::Settings& settings) {
    linking::MemoryIndex index(input.orders, settings.default_country);
    std::vector<linking::Verdict> verdicts;
    verdicts.reserve(input.tickets.size());
    for (const linking::Ticket& ticket : input.tickets)
        verdicts.push_back(linking::match(ticket, index, settings));
    return verdicts;
}

}  // namespace orderhub::runtime
