// Entry of the connector.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "mapping.hpp"

using namespace orderhub::sdk;

namespace @NAME@ {
namespace {

class @CLASS@ {
public:
    explicit @CLASS@(const Document& config) : base_(config.at("base_url").text()) {}

    /// Can the system be reached, and may the token do what is needed?
    void check(Call& call) {
        // SCAFFOLD: a request that needs the credentials and changes nothing.
        get_json(call, base_ + "/me", headers());
    }

    /// One page of what changed since the cursor; the hub calls again at once while there is more.
    void poll(Call& call, std::string_view cursor) {
        // SCAFFOLD: how the books list what changed, oldest first, and what goes on from there. A cursor that begins
        // with { is {"from": "<instant>"}: a backfill from then on.
        const std::string observed_at = call.now();
        const std::string after = cursor.empty() || cursor.starts_with('{') ? "0" : std::string(cursor);
        const Json page = get_json(call, with_query(base_ + "/documents", {{"changed_after", after}}), headers());
        for (const Json& document : page.at("documents").items())
            call.emit(to_posting(document, observed_at));
        call.set_cursor(page.at("last_change").text_or_digits());
    }

    /// Posts a credit memo, once: the hub's own number is its reference in the books, by which it is found again.
    CreditMemoPost::Result credit_memo_post(Call& call, const Command& command, const CreditMemoPost& payload) {
        const auto& memo = payload.memo;
        // SCAFFOLD: how the books are asked for a reference.
        const auto find = [&]() -> std::optional<CreditMemoPost::Result> {
            const std::string url = with_query(base_ + "/documents", {{"reference", memo.number}});
            for (const Json& each : get_json(call, url, headers()).at("documents").items())
                if (each.at("reference").text() == memo.number) return result_of(each);
            return std::nullopt;
        };
        // SCAFFOLD: the request that posts; accounts and taxes come from the configuration.
        const auto act = [&] {
            Json lines = Json::array();
            for (const auto& line : memo.lines)
                lines.push(Json::object({{"text", line.name}, {"gross", line.total.inc}, {"tax", line.total.tax}}));
            const Json body = Json::object({{"reference", memo.number},
                                            {"date", memo.date},
                                            {"currency", memo.currency},
                                            {"credit", true},
                                            {"lines", lines}});
            return result_of(send_json(call, json_request("POST", base_ + "/documents", headers(), body)));
        };
        return do_once(call, command, find, act);
    }

private:
    static CreditMemoPost::Result result_of(const Json& document) {
        CreditMemoPost::Result result;
        result.external_id = document.at("id").text_or_digits();
        result.number = document.at("number").text();
        result.totals = totals_of(document);
        return result;
    }
    // SCAFFOLD: how the system wants the credentials; basic() and oauth2_bearer() are there, too.
    static Headers headers() { return {{"authorization", bearer("token")}}; }

    std::string base_;
};

}  // namespace
}  // namespace @NAME@

ORDERHUB_CONNECTOR(@NAME@::@CLASS@, ORDERHUB_MANIFEST);
