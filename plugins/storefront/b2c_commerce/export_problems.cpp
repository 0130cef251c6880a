#include "export_problems.hpp"

#include <algorithm>
#include <iterator>

namespace orderhub::b2c_commerce {
namespace {

using sdk::Json;

constexpr std::string_view kKey = "export_problems";
constexpr std::size_t kMostKept = 20;  ///< the log has all of them

bool is_of(const Json& problem, const ExportFile& file) {
    return problem["file"].text_or_empty() == file.name &&
           problem["changed"].integer() == file.changed_ms;
}

std::vector<Json> those_of(const std::vector<ExportFile>& files, const Json& problems) {
    std::vector<Json> kept;
    std::ranges::copy_if(problems.items(), std::back_inserter(kept), [&](const Json& problem) {
        return std::ranges::any_of(files,
                                   [&](const ExportFile& file) { return is_of(problem, file); });
    });
    return kept;
}

}  // namespace

Json ExportProblems::read() const {
    const std::string text = call_.state(kKey);
    return text.empty() ? Json::array() : Json::parse(text);
}

void ExportProblems::add(const ExportFile& file, const std::string& words) {
    call_.log(OH_LOG_ERROR, "order export " + file.name + " cannot be read: " + words);
    Json problems = read();
    if (problems.items().size() == kMostKept) return;
    problems.push(
        Json::object({{"file", file.name}, {"changed", file.changed_ms}, {"words", words}}));
    call_.set_state(kKey, problems.dump());
}

void ExportProblems::keep_those_of(const std::vector<ExportFile>& files) {
    const Json problems = read();
    std::vector<Json> kept = those_of(files, problems);
    if (kept.size() != problems.items().size())
        call_.set_state(kKey, Json::array(std::move(kept)).dump());
}

std::string ExportProblems::words_for(const std::vector<ExportFile>& files) const {
    std::string words;
    for (const Json& problem : those_of(files, read()))
        words += (words.empty() ? "order exports that cannot be read: " : "; ") +
                 problem["file"].text() + ": " + problem["words"].text();
    return words.empty() ? words : words + ". Have them exported again, or take them away";
}

}  // namespace orderhub::b2c_commerce
