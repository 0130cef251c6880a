#include "tools/benchmarks/searches.hpp"

#include <boost/json/array.hpp>
#include <stdexcept>

#include "hub/servicing/service.hpp"

namespace orderhub::bench {

void measure_searches(Figures& figures, store::Store& store, const std::string& by,
                      const std::function<std::string()>& next) {
    constexpr int kSearches = 2'000;
    const servicing::Service service({});
    Times times;
    for (int i = 0; i < kSearches; ++i) {
        servicing::OrderQuery query;
        query.text = next();
        std::size_t found = 0;
        times.take([&] {
            const auto read = store.read([&](store::Transaction& unit) -> Result<void> {
                found = service.orders(unit, query).at("items").as_array().size();
                return {};
            });
            if (!read) throw std::runtime_error(read.error().message);
        });
        if (found == 0) throw std::runtime_error("nothing is found by " + query.text);
    }
    figures.add("search by " + by, "read", times);
}

}  // namespace orderhub::bench
