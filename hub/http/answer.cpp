#include "hub/http/answer.hpp"

#include <boost/json/serialize.hpp>
namespace orderhub::http {

Response json_answer(const boost::json::object& document, int status) {
    return {status, boost::json::serialize(document), "application/json", {}};
}

Response read_answer(store::Store& store, const domain::Scope& scope,
                     const std::function<Result<boost::json::object>(store::Transaction&)>& make) {
    boost::json::object document;
    const auto outcome = store.read([&](store::Transaction& transaction) -> Result<void> {
        transaction.narrow(scope);
        auto made = make(transaction);
        if (!made) return std::unexpected(std::move(made).error());
        document = std::move(*made);
        return {};
    });
    return outcome ? json_answer(document) : problem(outcome.error());
}

Response write_answer(store::Store& store,
                      const std::function<Result<boost::json::object>(store::Transaction&)>& make) {
    boost::json::object document;
    const auto outcome = store.write([&](store::Transaction& transaction) -> Result<void> {
        auto made = make(transaction);
        if (!made) return std::unexpected(std::move(made).error());
        document = std::move(*made);
        return {};
    });
    return outcome ? json_answer(document) : problem(outcome.error());
}

}  // namespace orderhub::http
