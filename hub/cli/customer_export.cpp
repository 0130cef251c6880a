// customers export: all that the hub tells of one customer, as one JSON document.
#include "hub/cli/customer_export.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

/// Prints as it reads: a customer may have more orders than fit in memory.
class Export {
public:
    Export(Session& session, std::string id) : session_(session), id_(std::move(id)) {}

    Expected<int> run() {
        const auto customer = session_.client.get("/api/v1/customers/" + encoded(id_));
        if (!customer) return std::unexpected(customer.error());
        // The id of one that was joined into another gives that other.
        id_ = text(customer->document, "/id");
        put("{\"customer\":" + customer->body);
        if (auto done = list("orders", &Export::put_order); !done)
            return std::unexpected(done.error());
        if (auto done = list("cases", &Export::put_case); !done)
            return std::unexpected(done.error());
        put("}\n");
        return is_read_ ? kOk : kFailed;
    }

private:
    using Put = Expected<void> (Export::*)(const std::string& id);

    void put(const std::string& words) { is_read_ = is_read_ && print(words); }

    /// ,"orders":[...] of all pages.
    Expected<void> list(const std::string& kind, Put put_one) {
        put(",\"" + kind + "\":[");
        std::string before;
        bool is_first = true;
        do {
            const auto page = session_.client.get(with_query(
                "/api/v1/" + kind, {{"customer", id_}, {"limit", "200"}, {"before", before}}));
            if (!page) return std::unexpected(page.error());
            for (const auto& each : items(page->document, "/items")) {
                put(is_first ? "\n" : ",\n");
                is_first = false;
                if (auto done = (this->*put_one)(text(each, "/id")); !done) return done;
            }
            before = text(page->document, "/next");
        } while (!before.empty() && is_read_);
        put("]");
        return {};
    }

    Expected<void> put_order(const std::string& id) {
        const auto path = "/api/v1/orders/" + encoded(id);
        const auto order = session_.client.get(path);
        if (!order) return std::unexpected(order.error());
        put("{\"order\":" + order->body + ",\"events\":[");
        std::string after = "0";
        for (bool is_first = true; is_read_;) {
            const auto page = session_.client.get(with_query(path + "/events", {{"after", after}}));
            if (!page) return std::unexpected(page.error());
            if (items(page->document, "/items").empty()) break;
            for (const auto& event : items(page->document, "/items")) {
                put((is_first ? "" : ",") + json::serialize(event));
                is_first = false;
            }
            after = text(page->document, "/next");
        }
        put("]}");
        return {};
    }

    Expected<void> put_case(const std::string& id) {
        const auto found = session_.client.get("/api/v1/cases/" + encoded(id));
        if (!found) return std::unexpected(found.error());
        put(found->body);
        return {};
    }

    Session& session_;
    std::string id_;
    bool is_read_ = true;
};

}  // namespace

Expected<int> export_customer(Session& session, const std::string& id) {
    return Export(session, id).run();
}

}  // namespace orderhub::cli
