#include "posting.hpp"

#include <exception>
#include <string>
#include <utility>

#include "lookup.hpp"
#include "notation.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

class Post {
public:
    Post(Client& client, sdk::Call& call, const Config& config, const Document& document)
        : client_(client), call_(call), config_(config), document_(document) {}

    Invoice run(const std::function<json::object()>& values) {
        std::optional<Invoice> found = find();
        if (!found) {
            found = create(values());
        } else if (!is_posted(*found)) {
            refresh_dates(*found);
        }
        if (!is_posted(*found)) found = post(found->id);
        if (found->currency != document_.currency)
            throw sdk::rejected("other_currency", "Tryton has " + document_.number + " in " +
                                                      found->currency + ", not in " +
                                                      document_.currency);
        return *found;
    }

    /// Whether anything was sent that changes Tryton.
    bool wrote() const { return wrote_; }

private:
    static bool is_posted(const Invoice& invoice) {
        return invoice.state == "posted" || invoice.state == "paid";
    }

    json::array fields() const {
        json::array names;
        for (const char* name : kInvoiceFields)
            names.emplace_back(name);
        return names;
    }

    Invoice understood(const json::value& record) const {
        std::string reason;
        try {
            return read_invoice(record);
        } catch (const std::exception& thrown) {
            reason = thrown.what();
        }
        throw sdk::retry("bad_answer", "Tryton's invoice cannot be read: " + reason);
    }

    std::optional<Invoice> find() {
        const json::array records =
            search(client_, call_, "account.invoice",
                   {equal("reference", document_.number), equal("type", "out"),
                    equal("company", config_.company)},
                   fields());
        if (records.empty()) return std::nullopt;
        if (records.size() > 1)
            throw sdk::rejected("double_reference",
                                "Tryton has more than one invoice with the "
                                "reference " +
                                    document_.number);
        Invoice invoice = understood(records.at(0));
        if (invoice.state == "cancelled")
            throw sdk::rejected("cancelled", "the invoice with the reference " + document_.number +
                                                 " was cancelled in Tryton");
        return invoice;
    }

    /// What is there after a write of unknown outcome: nothing if that cannot be told.
    std::optional<Invoice> look() {
        std::optional<sdk::Stop> final;
        try {
            return find();
        } catch (const sdk::Stop& stop) {
            if (stop.outcome == OH_REJECTED) final = stop;
        }
        if (final) throw *final;
        return std::nullopt;
    }

    /// Calls a writing method; gives the Stop back if it is unknown whether it took effect.
    std::optional<sdk::Stop> write(std::string_view method, json::array params,
                                   json::value* result = nullptr) {
        wrote_ = true;
        try {
            json::value answer = client_.call(call_, method, std::move(params), sdk::Effect::write);
            if (result) *result = std::move(answer);
            return std::nullopt;
        } catch (const sdk::Stop& stop) {
            if (stop.outcome != OH_UNKNOWN) throw;
            return stop;
        }
    }

    Invoice create(json::object values) {
        json::value result;
        if (const auto unknown =
                write("model.account.invoice.create", list(list(std::move(values))), &result)) {
            if (const auto found = look()) return *found;
            throw *unknown;
        }
        if (const auto found = find()) return *found;
        throw sdk::unknown("bad_answer", "Tryton created an invoice and does not find it");
    }

    // A draft of an earlier day would be posted into that day, which may be closed by now or lie
    // before the last number given.
    void refresh_dates(const Invoice& draft) {
        const std::string today = find_today(client_, call_);
        if (draft.accounting_date == today) return;
        json::object values{{"accounting_date", date(today)}};
        if (config_.payment_term) values["payment_term_date"] = date(today);
        // Written again by the next attempt if this one's outcome stays open.
        const auto unknown =
            write("model.account.invoice.write", {list(draft.id), std::move(values)});
        if (unknown) throw sdk::retry(unknown->code, unknown->message);
    }

    Invoice post(std::int64_t id) {
        if (const auto unknown = write("model.account.invoice.post", list(list(id)))) {
            const auto found = look();
            if (found && is_posted(*found)) return *found;
            throw *unknown;
        }
        return read_posted(id);
    }

    Invoice read_posted(std::int64_t id) {
        std::optional<sdk::Stop> failed;
        try {
            const json::value records =
                client_.call(call_, "model.account.invoice.read", {list(id), fields()});
            Invoice invoice = understood(records.as_array().at(0));
            if (is_posted(invoice)) return invoice;
            failed = sdk::unknown("not_posted",
                                  "Tryton posted the invoice, which is now " + invoice.state);
        } catch (const sdk::Stop& stop) {
            failed = sdk::Stop{OH_UNKNOWN, stop.code, stop.message, stop.retry_after_ms};
        } catch (const std::exception&) {
            failed = sdk::unknown("bad_answer", "Tryton's read answered no invoice");
        }
        throw *failed;
    }

    Client& client_;
    sdk::Call& call_;
    const Config& config_;
    const Document& document_;
    bool wrote_ = false;
};

}  // namespace

Invoice post_document(Client& client, sdk::Call& call, const Config& config,
                      const Document& document, const std::function<json::object()>& values) {
    Post post(client, call, config, document);
    try {
        return post.run(values);
    } catch (sdk::Stop& stop) {
        // Once something was sent, being stopped leaves open what became of it.
        if (stop.code == "stopping" && post.wrote()) stop.outcome = OH_UNKNOWN;
        throw;
    }
}

}  // namespace orderhub::tryton
