#include <algorithm>

#include "http_types.hpp"
#include "salesforce_requests.hpp"

namespace orderhub::sandbox::salesforce {
namespace {

constexpr std::size_t kMostParts = 25;
constexpr std::size_t kMostQueries = 5;
constexpr std::size_t kMostRows = 200;

/// Everything that a change can touch, to take it back.
struct Kept {
    json::object rows, last_ids;
    json::array effects;
    std::vector<Notice> notices;
};

Kept keep(const World& world) {
    return {world.salesforce.rows, world.salesforce.last_ids, world.effects, world.notices};
}

void take_back(World& world, Kept kept) {
    world.salesforce.rows = std::move(kept.rows);
    world.salesforce.last_ids = std::move(kept.last_ids);
    world.effects = std::move(kept.effects);
    world.notices = std::move(kept.notices);
}

Step step_of(const json::object& part) {
    Step step{text_of(part, "method"),
              text_of(part, "url"),
              {},
              part.contains("body") ? part.at("body") : json::value{}};
    const std::size_t mark = step.path.find("?q=");
    if (mark != std::string::npos) {
        step.soql = step.path.substr(mark + 3);
        std::ranges::replace(step.soql, '+', ' ');
        step.path.resize(mark);
    }
    return step;
}

json::object part_answer(const std::string& name, int status, json::value body) {
    return {{"body", std::move(body)},
            {"httpHeaders", json::object{}},
            {"httpStatusCode", status},
            {"referenceId", name}};
}

}  // namespace

json::value composite(World& world, const json::object& request) {
    const json::array& parts = array_of(request, "compositeRequest");
    const auto queries = std::ranges::count_if(parts, [](const json::value& part) {
        return text_of(part.as_object(), "url").contains("/query");
    });
    if (parts.empty() || parts.size() > kMostParts ||
        queries > static_cast<std::ptrdiff_t>(kMostQueries))
        throw Refusal(400, "LIMIT_EXCEEDED", "The composite request has too many subrequests");
    const Kept before = keep(world);
    json::array answers;
    std::ptrdiff_t failed = -1;
    for (const json::value& part : parts) {
        const std::string name = text_of(part.as_object(), "referenceId");
        if (failed >= 0 && bool_of(request, "allOrNone")) break;
        try {
            Done done = act(world, step_of(part.as_object()));
            answers.push_back(part_answer(name, done.status, std::move(done.body)));
        } catch (const Refusal& refusal) {
            failed = static_cast<std::ptrdiff_t>(answers.size());
            answers.push_back(part_answer(name, refusal.status, error(refusal)));
        }
    }
    if (failed >= 0 && bool_of(request, "allOrNone")) {
        take_back(world, before);
        const json::value why = answers[static_cast<std::size_t>(failed)];
        answers.clear();
        for (const json::value& part : parts) {
            const bool is_why = static_cast<std::ptrdiff_t>(answers.size()) == failed;
            answers.push_back(is_why ? why
                                     : part_answer(text_of(part.as_object(), "referenceId"), 400,
                                                   error({400, "PROCESSING_HALTED",
                                                          "The transaction was rolled back since "
                                                          "another operation in the same "
                                                          "transaction failed."})));
        }
    }
    return json::object{{"compositeResponse", std::move(answers)}};
}

json::value collection(World& world, const std::string& method, const json::object& request) {
    const json::array& records = array_of(request, "records");
    if (records.empty() || records.size() > kMostRows)
        throw Refusal(400, "LIMIT_EXCEEDED",
                      "record limit reached. cannot submit more than 200 records");
    const Kept before = keep(world);
    json::array results;
    bool failed = false;
    for (const json::value& each : records) {
        try {
            json::object fields = each.as_object();
            const Object& object = object_at(text_of(object_of(fields, "attributes"), "type"));
            std::string id = text_of(fields, "id", text_of(fields, "Id"));
            fields.erase("id");
            fields.erase("Id");
            if (method == "PATCH")
                update_row(world, object, row_at(world.salesforce, object, id), fields, kHubUser);
            else
                id = create_row(world, object, fields, kHubUser);
            results.push_back(
                json::object{{"id", id}, {"success", true}, {"errors", json::array{}}});
        } catch (const Refusal& refusal) {
            failed = true;
            results.push_back(
                json::object{{"success", false},
                             {"errors", json::array{json::object{{"statusCode", refusal.code},
                                                                 {"message", refusal.what()},
                                                                 {"fields", json::array{}}}}}});
        }
    }
    if (!failed || !bool_of(request, "allOrNone")) return results;
    take_back(world, before);
    for (json::value& each : results)
        if (bool_of(each.as_object(), "success"))
            each = json::object{
                {"success", false},
                {"errors", json::array{json::object{
                               {"statusCode", "ALL_OR_NONE_OPERATION_ROLLED_BACK"},
                               {"message", "Record rolled back because not all records were valid"},
                               {"fields", json::array{}}}}}};
    return results;
}

}  // namespace orderhub::sandbox::salesforce
