// Reads one ticket, whole, as a case record.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client.hpp"
#include "mapping.hpp"

namespace orderhub::request_tracker {

/// What an instance remembers between calls to spare requests. Only in memory, and bounded.
class Memory {
public:
    /// Users change rarely: what was read less than ten minutes ago is believed. Null if not known.
    const std::optional<Person>* person(std::string_view name, std::int64_t now_ms) const;
    void remember(const std::string& name, std::optional<Person> person, std::int64_t now_ms);

    /// Words of a transaction: they never change. Null if not known.
    const std::string* text(std::string_view transaction) const;
    void remember_text(const std::string& transaction, std::string text);

private:
    struct Known {
        std::optional<Person> person;
        std::int64_t read_at_ms;
    };
    std::map<std::string, Known, std::less<>> people_;
    std::map<std::string, std::string, std::less<>> texts_;
    std::size_t text_bytes_ = 0;
};

class CaseReader {
public:
    CaseReader(const Settings& settings, Memory& memory, Client& client, sdk::Call& call)
        : settings_(settings), memory_(memory), client_(client), call_(call) {}

    /// The case as RT shows it now; of a merged ticket, the survivor. Nothing if there is no such
    /// ticket, or it is not in one of the configured queues.
    std::optional<json::object> read(std::string_view ticket);

    /// The words of one history entry; empty if it has none.
    std::string text(std::string_view ticket, const std::string& transaction);

private:
    std::vector<Entry> history(std::string_view ticket);
    std::optional<Person> person(const std::string& name);
    CaseMessage message(std::string_view ticket, const Entry& entry,
                        const std::vector<std::string>& requestors);
    void read_parts(std::string_view ticket);
    std::vector<Part> parts_of(std::string_view ticket, std::string_view transaction);

    const Settings& settings_;
    Memory& memory_;
    Client& client_;
    sdk::Call& call_;
    std::string parts_ticket_;  ///< whose parts are in parts_
    std::vector<Part> parts_;
};

}  // namespace orderhub::request_tracker
