// Parts of a bench that another program puts together: each is a process of its own.
#pragma once

#include <span>
#include <string_view>

namespace orderhub::bench {

/// load PORT CONNECTIONS SECONDS SECRET PATH RUN GENERATOR: posts signed orders to a hub as fast as
/// it takes them (each GENERATOR, a number, those of other customers), and prints
/// {"accepted","others","seconds","p50_ms","p99_ms"}. Returns the exit code.
int post_orders(std::span<char*> words);

/// sink: answers every POST with 200; prints "listening on PORT" and runs until it is ended.
int take_orders();

}  // namespace orderhub::bench
