// What can be measured.
#pragma once

#include "tools/benchmarks/figures.hpp"

namespace orderhub::bench {

/// Order servicing on a durable store in a temporary folder. Throws std::exception if something
/// that must work does not.
void measure_servicing(Figures& figures);

/// Durable accepts of a running hub at 32 and 64 connections, and a bare SQLite writer beside.
/// Throws std::exception if an order is not accepted or the hub does not start.
void measure_intake(Figures& figures);

/// Times from when an order was to be posted until the outside system has it, at 100 to 2,000 a
/// second. Throws as measure_intake().
void measure_deliver(Figures& figures);

/// The same at one rate, alone and beside 1,000 deliveries to a system that takes 2 s for each.
void measure_slow_peer(Figures& figures);

/// How units of work share a commit, and how long each waits, with 1, 8, 64 and 256 writers. Throws
/// std::exception if the store refuses one.
void measure_store(Figures& figures);

/// A million orders (ORDERHUB_LONG=1: ten), each with a delivery that is due: searches, size, and
/// start, memory and accepts beside an empty hub. Throws as measure_intake().
void measure_scale(Figures& figures);

/// As many orders: how long a case takes to find its own, by what it tells, and how often it does.
/// Throws std::exception if the store refuses something.
void measure_linking(Figures& figures);
/// Orders through connectors in the hub's process, in processes of their own and in sandboxes.
void measure_isolation(Figures& figures);

}  // namespace orderhub::bench
