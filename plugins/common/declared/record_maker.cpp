#include "declared/record_maker.hpp"

#include <algorithm>
#include <orderhub/once.hpp>

namespace orderhub::declared {
namespace {

/// `body` with errors of mapping as a Stop: no record is there, and repeating does not help.
template <class Body>
auto mapped(Body&& body) {
    std::string why;
    try {
        return body();
    } catch (const MappingError& thrown) {
        why = thrown.what();
    } catch (const ScriptError& thrown) {
        why = std::string("configuration key ") + thrown.what();
    }
    throw sdk::rejected("unmapped", why);
}

std::string digest_of(const Json& document) {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a: only a name for what has none
    for (const char c : document.dump())
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return "without id " + std::to_string(hash);
}

}  // namespace

std::string id_of(const std::optional<Rule>& rule, const Json& item) {
    if (!rule) return {};
    Documents documents;
    const Json& document = documents.put("document", item);
    const Found found = value_of(*rule, {documents, document});
    if ((!found.value.is_text() && !found.value.is_number()) ||
        found.value.text_or_digits().empty())
        throw wrong(rule->place, found.at, shown(found.value) + "; expected an id");
    return found.value.text_or_digits();
}

Json RecordMaker::record_of(const Json& document) const {
    return mapped([&] {
        Documents documents;
        const Json& known = documents.put("document", document);
        return shape_.make(settings_.record, {documents, known});
    });
}

void RecordMaker::emit_record(Json record, std::int64_t observed_ms) {
    Json source = record["source"];
    source.set("observed_at", sdk::to_rfc3339(observed_ms));
    record.set("source", std::move(source));
    if (const auto refused = sdk::attempt(call_, [&] { call_.emit(kind_.record, record); }))
        throw sdk::rejected("unmapped", "the record " +
                                            record["source"]["external_id"].text_or_empty() +
                                            " does not fit its schema; the log says where");
}

void RecordMaker::emit(const Json& document, std::int64_t observed_ms) {
    emit_record(record_of(document), observed_ms);
}

void RecordMaker::believe(const Json& document, std::int64_t received_ms) {
    Json record = record_of(document);
    const auto changed = sdk::from_rfc3339(record["source"]["updated_at"].text_or_empty());
    emit_record(std::move(record), std::min(changed.value_or(received_ms), received_ms));
}

Json RecordMaker::read_document(const std::string& id) {
    Documents documents;
    documents.put("id", id);
    const Json none;
    const Answer answer =
        mapped([&] { return client_.send(*settings_.read, {documents, none}, sdk::Effect::read); });
    if (!settings_.read_object) return answer.body;
    return look_up(*settings_.read_object, {documents, answer.body}).value;
}

void RecordMaker::read(const std::string& id) {
    const std::int64_t began = call_.now_ms();
    emit(read_document(id), began);
}

void RecordMaker::take(const Json& item, std::int64_t observed_ms, Unmapped& unmapped) {
    std::string id;
    Json document = item;
    const auto trouble = sdk::attempt(call_, [&] {
        id = mapped([&] { return id_of(settings_.id, item); });
        if (settings_.read) {
            observed_ms = call_.now_ms();
            document = read_document(id);
        }
        emit(document, observed_ms);
    });
    const std::string name = id.empty() ? digest_of(item) : id;
    // Listed, and gone before it was read.
    if (!trouble || (trouble->code == "http_404" && settings_.read)) return unmapped.forget(name);
    if (trouble->code != "unmapped") throw sdk::Stop(*trouble);
    unmapped.keep(name, trouble->message, document, observed_ms);
}

std::string RecordMaker::still_unmapped(const Unmapped& unmapped) const {
    constexpr std::size_t kShown = 3;
    std::string words;
    std::size_t count = 0;
    for (const std::string& name : unmapped.names()) {
        const auto trouble = sdk::attempt(call_, [&] { record_of(unmapped.kept(name).document); });
        if (trouble && count++ < kShown)
            words += (words.empty() ? "" : "; ") + name + ": " + trouble->message;
    }
    return count > kShown ? words + "; and " + std::to_string(count - kShown) + " more" : words;
}

void RecordMaker::try_again(Unmapped& unmapped) {
    for (const std::string& name : unmapped.names()) {
        const Kept kept = unmapped.kept(name);
        const auto trouble = sdk::attempt(call_, [&] { emit(kept.document, kept.observed_ms); });
        if (!trouble) unmapped.forget(name);
    }
}

}  // namespace orderhub::declared
