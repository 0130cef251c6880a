// Orders by chance, sold net or gross, and what comes back of them in several notes: each share is
// the rounded share of all that came back so far less what was credited before, so that the last
// one closes to the cent.
#pragma once

#include <cstdint>
#include <orderhub/commands.hpp>
#include <random>
#include <string>
#include <vector>

namespace orderhub::ubl::test {

struct Sold {
    sdk::CreditMemoPostMemoLineKind kind{};
    std::string name;
    std::vector<std::int64_t> rates_e4;  ///< several for taxes side by side
    std::int64_t quantity = 1;
    std::int64_t inc = 0;  ///< of all units, minor units
    std::int64_t tax = 0;
    std::int64_t back = 0;  ///< units
    std::int64_t inc_back = 0;
    std::int64_t tax_back = 0;
};

class Sale {
public:
    Sale(std::uint64_t seed, std::string currency);

    bool is_all_back() const;
    /// The next return: some units of some lines, or all that is left.
    sdk::CreditMemoPost next(bool all);
    /// A fee that is kept back.
    sdk::InvoicePost fee();

    const std::string& currency() const { return currency_; }
    const std::vector<Sold>& lines() const { return lines_; }

private:
    std::int64_t chance(std::int64_t least, std::int64_t most);
    Sold product();
    void price(Sold& line, std::int64_t amount);
    sdk::CreditMemoPostMemoLine give_back(Sold& line, std::int64_t units);
    sdk::Money money(std::int64_t inc, std::int64_t tax) const;

    std::mt19937_64 random_;
    std::string currency_;
    bool gross_;
    std::vector<Sold> lines_;
    int notes_ = 0;
    std::uint64_t seed_;
};

/// ex, tax and inc added up.
void add(sdk::Money& total, const sdk::Money& part, const std::string& currency);

}  // namespace orderhub::ubl::test
