#include "hub/store/store.hpp"

#include <future>
#include <memory>

namespace orderhub::store {

Result<void> Store::write(Work work) {
    auto outcome = std::make_shared<std::promise<Result<void>>>();
    auto waiting = outcome->get_future();
    write(std::move(work),
          [outcome](Result<void> result) { outcome->set_value(std::move(result)); });
    return waiting.get();
}

}  // namespace orderhub::store
