#include "poll.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include "cursor.hpp"
#include "instant.hpp"
#include "lookup.hpp"
#include "notation.hpp"
#include "record.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

constexpr int kPageSize = 100;
constexpr std::int64_t kDayUs = 86'400'000'000;
/// A transaction may commit after a younger one: look back a little. The hub drops what it has
/// seen.
constexpr std::int64_t kOverlapUs = 60'000'000;

json::array clause(std::string_view field, std::string_view comparison, json::value value) {
    return {field, comparison, std::move(value)};
}

class Poll {
public:
    Poll(sdk::Call& call, const Config& config, Client& client, Cursor& cursor)
        : call_(call),
          config_(config),
          client_(client),
          cursor_(cursor),
          left_out_(call, "invoice"),
          observed_us_(call.now_ms() * 1000) {}

    void try_again() {
        left_out_.try_again([&](const std::string& id) {
            for (const json::value& invoice :
                 search({equal("id", std::stoll(id))}, json::array{json::array{"id", "ASC"}}))
                emit(invoice, id, changed_us(invoice));
        });
    }

    void run() {
        if (read(cursor_.created, "create_date")) read(cursor_.written, "write_date");
        left_out_.report();
    }

private:
    /// False when this call has read as many as it should. A page without a record would look like
    /// the end of the list, so reading goes on until there is one.
    bool spare() const { return emitted_ == 0 || read_ < kPageSize; }

    bool read(Window& window, std::string_view field) {
        if (!window.place) window.place = Place{window.high_us - kOverlapUs, 0};
        for (;;) {
            const json::array page = next_page(*window.place, field);
            for (const json::value& invoice : page)
                take(window, field, invoice);
            if (page.size() < kPageSize) break;
            if (!spare()) return false;
        }
        window.place.reset();
        return spare();
    }

    json::array next_page(const Place& after, std::string_view field) {
        const json::object at = datetime(after.at_us);
        json::array domain{equal("type", "out"), equal("company", config_.company),
                           clause("reference", "!=", nullptr)};
        if (field == "create_date") domain.push_back(clause("write_date", "=", nullptr));
        domain.push_back(
            json::array{"OR", clause(field, ">", at),
                        json::array{clause(field, "=", at), clause("id", ">", after.id)}});
        json::array order{json::array{field, "ASC"}, json::array{"id", "ASC"}};
        return search(std::move(domain), std::move(order));
    }

    json::array search(json::array domain, json::array order) {
        json::value found =
            client_.call(call_, "model.account.invoice.search_read",
                         {std::move(domain), 0, kPageSize, std::move(order), posting_fields()});
        if (!found.is_array()) throw sdk::retry("bad_answer", "Tryton's search answered no list");
        return std::move(found.get_array());
    }

    static std::int64_t changed_us(const json::value& invoice) {
        const json::value& written = invoice.at("write_date");
        return microseconds_of(written.is_null() ? invoice.at("create_date") : written);
    }

    void take(Window& window, std::string_view field, const json::value& invoice) {
        ++read_;
        std::int64_t at_us = 0;
        std::int64_t id = 0;
        std::string reason;
        try {
            at_us = microseconds_of(invoice.at(field));
            id = invoice.at("id").to_number<std::int64_t>();
        } catch (const std::exception& thrown) {
            reason = thrown.what();
        }
        if (!reason.empty())
            throw sdk::retry("bad_answer", "Tryton's list cannot be read: " + reason);
        emit(invoice, std::to_string(id), at_us);
        window.place = Place{at_us, id};
        window.high_us = std::max(window.high_us, at_us);
    }

    /// One invoice that makes no record must not stop all others.
    void emit(const json::value& invoice, const std::string& id, std::int64_t changed_us) {
        left_out_.take(id, [&] {
            const json::object record = posting_record(invoice, changed_us, observed_us_);
            if (record.empty()) return;
            call_.emit("posting", record);
            ++emitted_;
        });
    }

    sdk::Call& call_;
    const Config& config_;
    Client& client_;
    Cursor& cursor_;
    sdk::LeftOut left_out_;
    const std::int64_t observed_us_;
    int read_ = 0;
    int emitted_ = 0;
};

}  // namespace

void poll_postings(sdk::Call& call, const Config& config, Client& client, std::string_view text,
                   bool is_first) {
    Cursor cursor;
    std::string reason;
    try {
        cursor = read_cursor(text, call.now_ms() * 1000 - kDayUs);
    } catch (const std::exception& thrown) {
        reason = thrown.what();
    }
    if (!reason.empty()) throw sdk::rejected("bad_cursor", reason);
    Poll poll(call, config, client, cursor);
    if (is_first) poll.try_again();
    poll.run();
    call.set_cursor(write_cursor(cursor));
}

}  // namespace orderhub::tryton
