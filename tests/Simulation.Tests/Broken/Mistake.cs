using Weir.Runtime.State;
using Weir.Simulation.Tests.Brokers;
using Weir.Simulation.Tests.Databases;
using Weir.Simulation.Tests.Scenarios;
using Weir.Simulation.Tests.Slots;
using Weir.Simulation.Tests.Stages;
using Weir.Testing;

namespace Weir.Simulation.Tests.Broken;

/// <summary>A mistake that the engine could have, put in from outside by a decorator.</summary>
/// <param name="Name">What is done wrong.</param>
/// <param name="ScenarioOf">The scenario of a seed, with the mistake in it.</param>
internal sealed record Mistake(string Name, Func<int, SimulationScenario> ScenarioOf)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Mistake> All { get; } =
    [
        // Sinks.
        InSink("a transaction is committed before its checkpoint is complete", Breakage.CommitsAtPreCommit),
        InSink("what a checkpoint says is pending is not committed at recovery", Breakage.ForgetsPending),
        InSink("what no checkpoint knows of is left behind", Breakage.DoesNotCleanUp),
        InSink("the news of a complete checkpoint is relied on", Breakage.AbortsUnheardOf),
        new("a finished file is not durable", seed => StageScenarios.With(seed, sink => sink, isDurable: false)),
        InDatabase("the name of a transaction is used again by a later attempt", ModelKind.ReusesNames),
        InDatabase("what earlier attempts have prepared stays", ModelKind.LeavesStrays),
        InDatabase("sessions of earlier attempts are left alone", ModelKind.LeavesSessions),
        InDatabase("a commit that was done before is an error", ModelKind.CommitsOnlyOnce),
        InDatabase("rows of a checkpoint are inserted without looking for their marker", ModelKind.IgnoresMarkers),
        InDatabase("a transaction is committed as soon as it is prepared", ModelKind.CommitsEarly),

        // State.
        InRestore("timers are not restored", BrokenRestore.WithoutTimers),
        InRestore("a run of changes is lost in a merge", BrokenRestore.WithoutOldestRun),
        InRestore("a key group belongs to nobody", BrokenRestore.WithoutLastGroup),
        new("state is acknowledged before it is durable", seed => StageScenarios.OnFiles(seed) with
        {
            StoreFiles = files => new UnsyncedFiles(files),
        }),
        new("a table of RocksDB is deleted while a checkpoint refers to it", seed => StageScenarios.OnRocks(seed) with
        {
            Store = store => new BrokenStore(store, StoreBreakage.DeletesWhatIsShared),
        }),

        // Barriers.
        new("a blocked channel is forgotten", seed => StageScenarios.Of(seed, StageKind.Windows) is var scenario
            ? scenario with { Options = scenario.Options with { CheckpointMode = CheckpointMode.AtLeastOnce } }
            : scenario),
        InFlight("what was in flight is dropped", BarrierBreakage.DropsInFlight),
        InFlight("what was in flight is taken in twice", BarrierBreakage.ReplaysTwice),
        InFlight("what was in flight is taken in backwards", BarrierBreakage.ReplaysBackwards),
        InFlight("what was in flight in one channel is taken in as another's", BarrierBreakage.MixesChannelsUp) with { First = 940 },
        InFlight("what senders had kept is forgotten", BarrierBreakage.ForgetsWhatSendersKept),

        // Sources that confirm.
        InSource("a slot is told to forget what no checkpoint has", SlotBreakage.ConfirmsWhatItHandsOut),
        InSource("a slot is told to forget a transaction that is read by half", SlotBreakage.ConfirmsBehindTheTransaction),
        InSource("changes of a transaction that comes again are taken for new ones", SlotBreakage.ForgetsWhatWasDelivered),

        // A broker that decides.
        InArbiter("the progress is read before earlier processes are shut out", BrokerMistake.ReadsBeforeFence),

        // Only who completes a checkpoint between the store's fence and the broker's shows it: the first seed of all that does is 2074.
        InArbiter("the progress is read before the broker has shut earlier processes out", BrokerMistake.ReadsBeforeInit)
            with { First = 2070 },
        InArbiter("the progress is read up to the last stable offset", BrokerMistake.ReadsWhatIsStable),
        InArbiter("the transaction that decides is committed before the checkpoint is durable", BrokerMistake.CommitsBeforeDurable),
        InArbiter("a checkpoint is known by its number alone", BrokerMistake.PlainNumbers),
        InArbiter("older checkpoints are deleted before the commit", BrokerMistake.CleansUpFirst),

        // The coordinator and its store.
        new("a savepoint is taken for a checkpoint that sinks commit by", Savepoints),
        new("the fence is not looked for", seed => StageScenarios.BetweenFiles(seed) with
        {
            Store = store => new BrokenStore(store, StoreBreakage.ForgetsTheFence),
        }) { First = 1195 },
    ];

    /// <summary>
    /// Gets the seed to begin with: a little before the first that shows the mistake, where it takes so many that a busy machine would not
    /// try them within a minute.
    /// </summary>
    public int First { get; private init; } = 1;

    public override string ToString() => Name;

    private static Mistake InSink(string name, Breakage breakage) =>
        new(name, seed => StageScenarios.With(seed, sink => new BrokenSink<DailyDelay>(sink, breakage)));

    private static Mistake InDatabase(string name, ModelKind kind) => new(name, seed => DatabaseSimulationTests.With(seed, kind));

    private static Mistake InSource(string name, SlotBreakage breakage) => new(name, seed => StageScenarios.FromSlots(seed, breakage));

    private static Mistake InArbiter(string name, BrokerMistake mistake) => new(name, seed => StageScenarios.ToBroker(seed, mistake));

    private static Mistake InRestore(string name, Func<OperatorState, OperatorState> change) =>
        new(name, seed => StageScenarios.Of(seed, StageKind.Process) with { Breaks = subtask => new BrokenRestore(subtask, change) });

    private static Mistake InFlight(string name, BarrierBreakage breakage) =>
        new(name, seed => StageScenarios.Unaligned(seed) with { Breaks = subtask => new BrokenReplay(subtask, breakage) });

    private static SimulationScenario Savepoints(int seed)
    {
        var savepoints = new HashSet<CheckpointId>();
        return StageScenarios.BetweenFiles(seed) with
        {
            Requests = new SimulationRequests { MaxSavepoints = 6 },
            Breaks = subtask => new BrokenNews(subtask, savepoints),
        };
    }
}
