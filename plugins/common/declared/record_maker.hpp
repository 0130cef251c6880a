// From their documents to records, and where those go for which there is no record.
#pragma once

#include <optional>

#include "declared/client.hpp"
#include "declared/unmapped.hpp"

namespace orderhub::declared {

class RecordMaker {
public:
    RecordMaker(const Settings& settings, const Kind& kind, const Shape& shape, sdk::Call& call)
        : settings_(settings), kind_(kind), shape_(shape), call_(call), client_(settings, call) {}

    /// Emits the record of a document that was read at `observed_ms`. Throws Stop "unmapped".
    void emit(const Json& document, std::int64_t observed_ms);

    /// Reads one by its id and emits it. Throws Stop, also "unmapped".
    void read(const std::string& id);

    /// A document of a message, which says how things stood when it was sent: observed then, if it
    /// says when.
    void believe(const Json& document, std::int64_t received_ms);

    /// An item of the list: read by its id if there is a way, else emitted. What cannot be mapped
    /// is kept.
    void take(const Json& item, std::int64_t observed_ms, Unmapped& unmapped);

    /// What is kept and cannot be mapped by these rules either, with the reasons; empty if all can.
    /// A new instance is only taken in if its check is well, so rules that were mended must pass.
    std::string still_unmapped(const Unmapped& unmapped) const;

    /// What was kept is tried again: the configuration may be a better one now.
    void try_again(Unmapped& unmapped);

private:
    Json record_of(const Json& document) const;
    Json read_document(const std::string& id);
    void emit_record(Json record, std::int64_t observed_ms);

    const Settings& settings_;
    const Kind& kind_;
    const Shape& shape_;
    sdk::Call& call_;
    Client client_;
};

/// The text that the rule gives, or empty; it must identify. Throws MappingError.
std::string id_of(const std::optional<Rule>& rule, const Json& item);

}  // namespace orderhub::declared
