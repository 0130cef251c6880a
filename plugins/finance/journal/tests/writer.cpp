// Keeps three hundred documents by chance, in several currencies, for readers to judge.
#include <orderhub/money.hpp>
#include <random>

#include "world.hpp"

using namespace orderhub;
using namespace orderhub::journal::test;

namespace {

const std::vector<std::string> kCurrencies{"EUR", "USD", "JPY", "BHD"};
const std::vector<std::string> kRates{"19", "7", "0", "5.5"};

std::int64_t chance(std::mt19937_64& random, std::int64_t most) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most));
}

sdk::Json document(std::mt19937_64& random, const std::string& number, bool is_memo) {
    const std::string& currency = kCurrencies[static_cast<std::size_t>(chance(random, 4))];
    const std::int64_t ex = chance(random, 1'000'000), tax = chance(random, 20) == 0 ? 0 : ex / 7;
    const auto text = [&](std::int64_t minor) { return sdk::to_decimal(minor, currency); };
    const sdk::Json made = memo(number, text(ex), text(tax), text(ex + tax), currency,
                                kRates[static_cast<std::size_t>(chance(random, 4))]);
    return is_memo ? made : sdk::Json::object({{"invoice", made.at("memo")}});
}

}  // namespace

int main(int, char** arguments) {
    std::mt19937_64 random(1);
    testkit::FakeHost host(config(arguments[1], R"json({"accounts": {"revenue": "4000",
        "shipping": "4010", "fee": "4020 Fees", "clearing": "Assets:Clearing: refunds (open)",
        "taxes": {"19": "Tax:19", "7": "Tax:7", "other": "Tax:Other"}}})json"));
    for (int i = 1; i <= 300; ++i) {
        const bool is_memo = chance(random, 4) != 0;
        const std::string number = "D;(" + std::to_string(i) + ") \"x\", y";
        const auto kept =
            host.execute(is_memo ? "credit_memo.post" : "invoice.post", "key-" + std::to_string(i),
                         document(random, number, is_memo));
        if (kept.outcome != OH_DONE) {
            std::fprintf(stderr, "%s\n", kept.message.c_str());
            return 1;
        }
    }
}
