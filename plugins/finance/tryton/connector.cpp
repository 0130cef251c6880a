// Entry of the connector: credit_memo.post, invoice.post, the poll of postings, and check.
#include <memory>
#include <optional>
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "client.hpp"
#include "config.hpp"
#include "document.hpp"
#include "lookup.hpp"
#include "mapping.hpp"
#include "notation.hpp"
#include "party.hpp"
#include "poll.hpp"
#include "posting.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

class Tryton {
public:
    explicit Tryton(const json::object& config)
        : config_(std::make_unique<const Config>(read_config(config))), client_(*config_) {}

    void check(sdk::Call& call) {
        client_.login(call);
        books_ = std::make_shared<const Books>(find_books(client_, call, *config_));
        require_access(call, "account.invoice", {"read", "write", "create"});
        if (config_->party == PartyMode::create)
            require_access(call, "party.party", {"read", "create"});
        sdk::LeftOut(call, "invoice").report();
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        poll_postings(call, *config_, client_, cursor, !has_polled_);
        has_polled_ = true;
    }

    void execute(sdk::Call& call, const sdk::Command& command) {
        const Document document = read_document(command.payload);
        std::shared_ptr<const Books> used;
        try {
            const Invoice posted = post_document(client_, call, *config_, document, [&] {
                used = books(call);
                return invoice_values(document, *used, posting_for(call, document, *used));
            });
            call.set_result(result_of_posted(posted, document.kind));
        } catch (const sdk::Stop& stop) {
            // What Tryton refuses may have been changed there since it was looked up.
            if (stop.outcome == OH_REJECTED && books_ == used) books_.reset();
            throw;
        }
    }

private:
    std::shared_ptr<const Books> books(sdk::Call& call) {
        if (books_) return books_;
        auto found = std::make_shared<const Books>(find_books(client_, call, *config_));
        books_ = found;
        return found;
    }

    Posting posting_for(sdk::Call& call, const Document& document, const Books& used) {
        const std::int64_t currency = find_currency(client_, call, document.currency);
        const Party party = party_for(client_, call, *config_, used, document);
        return {party, currency, find_today(client_, call)};
    }

    /// What the user may do with `model`, or nothing if Tryton does not tell.
    std::optional<json::object> access_to(sdk::Call& call, std::string_view model) {
        try {
            const json::value access =
                client_.call(call, "model.ir.model.access.get_access", list(json::array{model}));
            return access.at(model).as_object();
        } catch (const sdk::Stop& stop) {
            if (stop.outcome != OH_REJECTED) throw;
        }
        return std::nullopt;
    }

    void require_access(sdk::Call& call, std::string_view model,
                        std::initializer_list<std::string_view> rights) {
        const std::optional<json::object> access = access_to(call, model);
        if (!access) {
            call.log(OH_LOG_WARN, "Tryton does not tell what the user may do");
            return;
        }
        for (const std::string_view right : rights) {
            const json::value& granted = access->at(right);
            if (granted != true && granted != 1)
                throw sdk::rejected("no_access", "the Tryton user may not " + std::string(right) +
                                                     " the model " + std::string(model));
        }
    }

    std::unique_ptr<const Config> config_;  // stays where it is: the client refers to it
    Client client_;
    bool has_polled_ = false;
    std::shared_ptr<const Books> books_;  // looked up once, and again after a refusal
};

}  // namespace orderhub::tryton

ORDERHUB_CONNECTOR(orderhub::tryton::Tryton, ORDERHUB_MANIFEST);
