#include "case_reader.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "queries.hpp"

namespace orderhub::service_cloud {
namespace {

constexpr std::size_t kChunk = 5;  ///< cases of one query: an answer has a limit of 8 MiB
constexpr std::size_t kHtmlChunk = 20;

/// Calls `take` with at most `size` of the ids at a time.
template <class Take>
void in_chunks(const std::vector<std::string>& ids, std::size_t size, Take&& take) {
    for (std::size_t at = 0; at < ids.size(); at += size) {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(at);
        const auto last =
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(at + size, ids.size()));
        take(std::vector<std::string>(first, last));
    }
}

bool has_text(const Json& mail) {
    return mail["TextBody"].is_text() &&
           mail["TextBody"].text().find_first_not_of(" \t\r\n") != std::string::npos;
}

}  // namespace

void CaseReader::emit(const std::vector<std::string>& ids) {
    in_chunks(ids, kChunk, [&](const std::vector<std::string>& chunk) { emit_chunk(chunk); });
}

void CaseReader::emit_chunk(const std::vector<std::string>& ids) {
    std::vector<CaseDocument> documents;
    const auto stop = sdk::attempt(call_, [&] { documents = read(ids); });
    if (stop && (stop->code != "no_answer" || ids.size() == 1)) throw sdk::Stop(*stop);
    if (stop) return in_chunks(ids, 1, [&](const auto& one) { emit_chunk(one); });
    for (const CaseDocument& document : documents)
        emit_document(document);
}

void CaseReader::emit_document(const CaseDocument& document) {
    const auto emit = [&] { call_.emit(to_case(settings_, document)); };
    if (left_out_)
        left_out_->take(document.row.at("Id").text(), emit);
    else
        sdk::map_or_reject(emit);
}

std::vector<CaseDocument> CaseReader::read(const std::vector<std::string>& ids) {
    const std::string observed_at = call_.now();
    std::vector<CaseDocument> documents;
    for (Json& row : client_.query_all(case_query(settings_, ids))) {
        CaseDocument document{std::move(row), {}, {}, observed_at};
        document.mails = mails_of(document.row);
        document.comments = client_.children(document.row["CaseComments"]);
        documents.push_back(std::move(document));
    }
    return documents;
}

std::vector<Json> CaseReader::mails_of(const Json& row) {
    std::vector<Json> mails = client_.children(row["EmailMessages"]);
    add_html(mails);
    return mails;
}

/// HTML is many times its text: only asked for where there is nothing else.
void CaseReader::add_html(std::vector<Json>& mails) {
    std::vector<std::string> ids;
    for (const Json& mail : mails)
        if (!has_text(mail)) ids.push_back(mail.at("Id").text());
    std::map<std::string, Json> html;
    in_chunks(ids, kHtmlChunk, [&](const std::vector<std::string>& chunk) {
        for (const Json& row : client_.query_all(html_query(chunk)))
            html.emplace(row.at("Id").text(), row["HtmlBody"]);
    });
    for (Json& mail : mails)
        if (const auto found = html.find(mail.at("Id").text()); found != html.end())
            mail.set("HtmlBody", found->second);
}

}  // namespace orderhub::service_cloud
