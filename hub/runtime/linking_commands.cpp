#include "hub/runtime/linking_commands.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <cstdio>

#include "hub/runtime/config_linking.hpp"

namespace orderhub::runtime {

namespace {

constexpr int kOk = 0, kFailed = 1;

int refuse(const Complaints& complaints) {
    for (const std::string& each : complaints)
        fmt::print(stderr, "orderhub: {}\n", each);
    return kFailed;
}

linking::Settings settings_of(const std::string& config_file, Complaints& complaints) {
    if (config_file.empty()) return {};
    std::vector<Complaint> found;
    linking::Settings settings = load_linking(config_file, found);
    for (const Complaint& each : found)
        complaints.push_back(each.text());
    return settings;
}

boost::json::object decision(const linking::Ticket& ticket, const linking::Verdict& verdict) {
    boost::json::array links;
    for (const linking::Link& link : verdict.links)
        links.push_back(
            {{"order", link.order->number},
             {"score", link.score},
             {"evidence", boost::json::array(link.evidence.begin(), link.evidence.end())}});
    return {{"case_id", ticket.id},
            {"decision", linking::to_text(verdict.outcome)},
            {"links", std::move(links)},
            {"reason", verdict.reason}};
}

/// A share in percent; 100 of nothing.
double percent(int part, int of) {
    return of == 0 ? 100.0 : 100.0 * part / of;
}

boost::json::object figures_json(const LinkingFigures& of, double per_second) {
    boost::json::array confusions;
    for (const auto& each : of.confusions)
        confusions.push_back({{"case_id", each.case_id},
                              {"decision", each.decision},
                              {"given", boost::json::array(each.given.begin(), each.given.end())},
                              {"gold", boost::json::array(each.gold.begin(), each.gold.end())},
                              {"reason", each.reason}});
    return {{"cases", of.cases},
            {"with_order", of.with_order},
            {"determined", of.determined},
            {"auto_link",
             {{"cases", of.auto_linked},
              {"right", of.auto_right},
              {"precision", percent(of.auto_right, of.auto_linked)},
              {"recall", percent(of.auto_recalled, of.determined)}}},
            {"suggest",
             {{"cases", of.suggested},
              {"with_order", of.suggested_with_order},
              {"top_1", percent(of.top_1, of.suggested_with_order)},
              {"top_5", percent(of.top_5, of.suggested_with_order)}}},
            {"none", {{"cases", of.none}, {"with_order", of.none_with_order}}},
            {"found", percent(of.found, of.with_order)},
            {"cases_per_second", per_second},
            {"confusions", std::move(confusions)}};
}

std::string joined(const std::vector<std::string>& all) {
    return fmt::format("{}", fmt::join(all, " "));
}

void print_figures(const LinkingFigures& of, double per_second) {
    fmt::print("cases        {}, {} with an order, {} whose text determines it\n", of.cases,
               of.with_order, of.determined);
    fmt::print("auto-link    {}: precision {:.2f} %, recall {:.2f} % of the determined\n",
               of.auto_linked, percent(of.auto_right, of.auto_linked),
               percent(of.auto_recalled, of.determined));
    fmt::print("suggest      {}, {} with an order: top-1 {:.2f} %, top-5 {:.2f} %\n", of.suggested,
               of.suggested_with_order, percent(of.top_1, of.suggested_with_order),
               percent(of.top_5, of.suggested_with_order));
    fmt::print("none         {}, {} with an order\n", of.none, of.none_with_order);
    fmt::print("found        {:.2f} % of the orders linked or among five\n",
               percent(of.found, of.with_order));
    fmt::print("speed        {:.0f} cases a second\n", per_second);
    if (!of.confusions.empty()) fmt::print("\nNot as gold has it:\n");
    for (const auto& each : of.confusions)
        fmt::print("  {}  {}  given: {}  gold: {}  ({})\n", each.case_id, each.decision,
                   joined(each.given), joined(each.gold), each.reason);
}

}  // namespace

int match_cases(const std::string& folder, const std::string& config_file) {
    Complaints complaints;
    const linking::Settings settings = settings_of(config_file, complaints);
    const LinkingInput input = read_linking_input(folder, complaints);
    if (!complaints.empty()) return refuse(complaints);
    const std::vector<linking::Verdict> verdicts = match_all(input, settings);
    for (std::size_t i = 0; i < verdicts.size(); ++i)
        fmt::print("{}\n", boost::json::serialize(decision(input.tickets[i], verdicts[i])));
    return kOk;
}

int evaluate_linking(const std::string& folder, const std::string& config_file, bool json) {
    Complaints complaints;
    const linking::Settings settings = settings_of(config_file, complaints);
    const LinkingInput input = read_linking_input(folder, complaints);
    if (!complaints.empty()) return refuse(complaints);
    const Gold gold = read_gold(folder, input, complaints);
    const std::set<std::string> undetermined = read_undetermined(folder, complaints);
    if (!complaints.empty()) return refuse(complaints);
    const auto begin = std::chrono::steady_clock::now();
    const std::vector<linking::Verdict> verdicts = match_all(input, settings);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const double per_second = static_cast<double>(verdicts.size()) / took.count();
    const LinkingFigures figures = judge(input, gold, undetermined, verdicts);
    if (json)
        fmt::print("{}\n", boost::json::serialize(figures_json(figures, per_second)));
    else
        print_figures(figures, per_second);
    return kOk;
}

}  // namespace orderhub::runtime
