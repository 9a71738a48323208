using System.Diagnostics.Metrics;
using Weir.Runtime.Files.Disk;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;

namespace Weir;

/// <summary>
/// How a job runs. Every member has a default; <c>new JobOptions()</c> runs a job once through, on one thread, in memory.
/// </summary>
/// <remarks>
/// The names and, where not said otherwise, the defaults are Flink's, so that a reader of its documentation finds what he expects: timeout
/// 10 minutes, no pause, one checkpoint at a time, no failure tolerated. Two differ: three checkpoints are retained instead of one, so that
/// there is one before a damaged one; and checkpoints are kept when a job is cancelled.
/// </remarks>
public sealed record JobOptions
{
    /// <summary>Gets the number of subtasks of each chain, unless <c>WithParallelism</c> says otherwise. 1 by default.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>
    /// Gets the time from the start of one checkpoint to that of the next. Null, the default, takes only the final one, at the end of all
    /// sources.
    /// </summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>
    /// Gets the directory to keep checkpoints in. Null, the default, keeps them in memory, where a job survives failures but not the
    /// process.
    /// </summary>
    public string? CheckpointDirectory { get; init; }

    /// <summary>Gets where to keep checkpoints, instead of <see cref="CheckpointDirectory"/>. Null by default.</summary>
    public ICheckpointStore? CheckpointStore { get; init; }

    /// <summary>
    /// Gets where keyed state lives while the job runs. <see cref="StateBackend.File"/> by default: on the heap, with checkpoints that
    /// write what has changed.
    /// </summary>
    public StateBackend StateBackend { get; init; } = StateBackend.File;

    /// <summary>Gets who decides which checkpoint is the recovery point. Null, the default, is the checkpoint store.</summary>
    public ICheckpointArbiter? Arbiter { get; init; }

    /// <summary>Gets how long a checkpoint may take before it is given up. 10 minutes by default.</summary>
    /// <remarks>
    /// The time does not run while a sink waits for whoever takes its records: the reader of a channel or of <c>ReadAsync</c>, a function.
    /// </remarks>
    public TimeSpan CheckpointTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Gets how long one call of a sink, the checkpoint store or the arbiter (a commit, the writing of one operator's state, a decision)
    /// may take before the attempt is given up and the restart strategy asked. Null, the default, is <see cref="CheckpointTimeout"/>.
    /// </summary>
    public TimeSpan? CallTimeout { get; init; }

    /// <summary>
    /// Gets the least time between the end of one checkpoint and the start of the next, whatever the interval. Zero by default: then
    /// it is half as long as the last one took, and no longer than the interval, so that the job gets on where checkpoints are slow.
    /// </summary>
    public TimeSpan MinPause { get; init; }

    /// <summary>
    /// Gets how many checkpoints may be under way at the same time. 1 by default, and no more where the mode is
    /// <see cref="CheckpointMode.Unaligned"/>.
    /// </summary>
    public int MaxConcurrentCheckpoints { get; init; } = 1;

    /// <summary>
    /// Gets how barriers go through the job. <see cref="CheckpointMode.ExactlyOnce"/>, the default, aligns them.
    /// </summary>
    public CheckpointMode CheckpointMode { get; init; }

    /// <summary>
    /// Gets how long, from the beginning of a checkpoint on, its barriers are aligned before they overtake, where the mode is
    /// <see cref="CheckpointMode.Unaligned"/>. Zero, the default, has them overtake at once.
    /// </summary>
    public TimeSpan AlignedCheckpointTimeout { get; init; }

    /// <summary>Gets how many checkpoints may fail in a row before the job fails and restarts. 0 by default.</summary>
    public int TolerableFailures { get; init; }

    /// <summary>
    /// Gets how many completed checkpoints are kept; older ones are deleted after a newer one completes. 3 by default, where Flink keeps 1.
    /// </summary>
    public int RetainedCheckpoints { get; init; } = 3;

    /// <summary>
    /// Gets the directory of a savepoint that the job begins with, instead of its newest checkpoint. Null, the default, for none.
    /// </summary>
    /// <remarks>
    /// May stay set: once there is a checkpoint that goes back to this savepoint, the job continues from its newest checkpoint, as it does
    /// without. So it does if it was stopped with this savepoint and has gone on from its own last checkpoint since. Any other savepoint is
    /// begun with anew, whatever checkpoints there are.
    /// </remarks>
    public string? RestoreFrom { get; init; }

    /// <summary>
    /// Gets whether the job may start although a checkpoint holds state of operators that it no longer has. That state is lost. False by
    /// default.
    /// </summary>
    public bool AllowNonRestoredState { get; init; }

    /// <summary>Gets what happens after a failure. By default <see cref="RestartStrategy.Exponential"/>.</summary>
    public RestartStrategy RestartStrategy { get; init; } = RestartStrategy.Exponential();

    /// <summary>
    /// Gets how many times in a row a function of the user's may throw the same exception at the same place before the job fails for good,
    /// whatever the restart strategy allows: a restart would throw there again. 3 by default; 0 restarts for ever, as Flink does.
    /// </summary>
    public int RepeatedFailureLimit { get; init; } = 3;

    /// <summary>Gets the most records of a batch: 1,024 by default, and no more than 1,048,576.</summary>
    public int BatchCapacity { get; init; } = 1024;

    /// <summary>Gets the most batches that wait in a channel between two subtasks before the sender does. 8 by default.</summary>
    public int ChannelCapacity { get; init; } = 8;

    /// <summary>
    /// Gets the most bytes of records that wait in a channel between two subtasks before the sender does, however few batches they are: 32
    /// MiB by default. An estimate, by <see cref="Codec{T}.SizeOf"/>. A record that is larger on its own still passes, alone.
    /// </summary>
    public long ChannelCapacityBytes { get; init; } = 32L << 20;

    /// <summary>
    /// Gets the number of key groups, the most subtasks that keyed state can ever be dealt to. Fixed by the first checkpoint. Null, the
    /// default, leaves room to grow by half: 128 or more.
    /// </summary>
    public int? KeyGroupCount { get; init; }

    /// <summary>
    /// Gets what the job must give. With <see cref="Guarantee.ExactlyOnce"/> it does not start with a source that cannot read again, or a
    /// sink
    /// that is neither transactional nor idempotent; the compiler says so before (WEIR0005). Nothing is asked by default.
    /// </summary>
    public Guarantee Guarantee { get; init; }

    /// <summary>Gets whether to ignore generated code and run every verb by its delegate: slower, same results. False by default.</summary>
    public bool Interpreted { get; init; }

    /// <summary>
    /// Gets the most records that each source delivers in a second, over all its subtasks. Null, the default, is no limit.
    /// </summary>
    public double? MaxRecordsPerSecond { get; init; }

    /// <summary>
    /// Gets what makes the job's meter, such as <c>IMeterFactory.Create</c> of a host. Null, the default, makes one that the whole process
    /// sees.
    /// </summary>
    public Func<MeterOptions, Meter>? CreateMeter { get; init; }

    /// <summary>
    /// Gets the services of the host, where sources and sinks find what they name, such as a connection (<see cref="INeedsServices"/>). A
    /// host sets it. Null, the default, is none.
    /// </summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Gets the clock. The system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Gets what is told of starts, checkpoints, failures and warnings: in order, one call at a time, on a thread that the job does not
    /// wait for. It may block or throw without harm to the job. All events have been delivered when the job's task ends, unless it blocks
    /// for more than 5 s.
    /// </summary>
    public Action<JobEvent>? OnEvent { get; init; }

    /// <summary>Gets where savepoints are: the machine's file system, or a simulated one.</summary>
    internal IFileSystem SavepointFiles { get; init; } = PhysicalFileSystem.Instance;

    /// <summary>
    /// Gets about the most slots of state that a subtask puts aside in one step for a checkpoint, if the clock does not end it before; the
    /// simulator takes few.
    /// </summary>
    internal int SweepPortion { get; init; } = 65_536;

    /// <summary>Gets how many bytes of state lie in the manifest at most; the simulator takes few.</summary>
    internal int InlineBytes { get; init; } = OperatorStateWriter.DefaultInlineBytes;

    /// <summary>Gets the limit of calls.</summary>
    internal CallLimit CallLimit => new(CallTimeout ?? CheckpointTimeout, TimeProvider);

    /// <summary>
    /// The time from which on the barriers of a checkpoint that begins now overtake, as <see cref="TimeProvider.GetTimestamp"/> says it.
    /// </summary>
    internal long OvertakesAt(long now) =>
        CheckpointMode != CheckpointMode.Unaligned ? Runtime.Streams.Barrier.Never
        : AlignedCheckpointTimeout == TimeSpan.Zero ? Runtime.Streams.Barrier.AtOnce
        : Deadline.After(TimeProvider, now, AlignedCheckpointTimeout).Timestamp;

    /// <summary>Checks all options, as the start of a job does.</summary>
    /// <exception cref="ArgumentException">One is wrong; its name is the exception's parameter.</exception>
    public void Check()
    {
        CheckMode();
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallelism, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentCheckpoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TolerableFailures, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetainedCheckpoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RepeatedFailureLimit, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchCapacity, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(ChannelCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ChannelCapacityBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinPause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CheckpointTimeout, TimeSpan.Zero);
        if (CallTimeout is { } calls)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(calls, TimeSpan.Zero, nameof(CallTimeout));
        }

        ArgumentNullException.ThrowIfNull(RestartStrategy);
        ArgumentNullException.ThrowIfNull(StateBackend);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (CheckpointInterval is { } interval)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero, nameof(CheckpointInterval));
        }

        if (MaxRecordsPerSecond is { } rate)
        {
            // A slower job would look as if it hung; this one reads a record in a quarter of an hour.
            if (!(rate >= 0.001))
            {
                throw new ArgumentOutOfRangeException(nameof(MaxRecordsPerSecond), rate, "A rate is 0.001 records a second at least.");
            }
        }

        if (KeyGroupCount is { } count)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, Parallelism, nameof(KeyGroupCount));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, KeyGroups.MaxCount, nameof(KeyGroupCount));
        }

        CheckPath(CheckpointDirectory, nameof(CheckpointDirectory));
        CheckPath(RestoreFrom, nameof(RestoreFrom));
        if (CheckpointDirectory is not null && CheckpointStore is not null)
        {
            throw new ArgumentException(
                $"{nameof(CheckpointDirectory)} and {nameof(CheckpointStore)} both say where checkpoints are kept: set one of them.");
        }
    }

    private static void CheckPath(string? path, string option)
    {
        if (path is not null && (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ArgumentException($"'{path}' is no directory: give its path, or leave {option} null.", option);
        }
    }

    private void CheckMode()
    {
        if (!Enum.IsDefined(Guarantee))
        {
            throw new ArgumentOutOfRangeException(nameof(Guarantee), Guarantee, "There is no such guarantee.");
        }

        if (!Enum.IsDefined(CheckpointMode))
        {
            throw new ArgumentOutOfRangeException(nameof(CheckpointMode), CheckpointMode, "There is no such mode.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(AlignedCheckpointTimeout, TimeSpan.Zero);
        if (AlignedCheckpointTimeout > TimeSpan.Zero && CheckpointMode != CheckpointMode.Unaligned)
        {
            throw new ArgumentException(
                $"{nameof(AlignedCheckpointTimeout)} says when barriers begin to overtake, but {nameof(CheckpointMode)} is "
                    + $"{CheckpointMode}, in which they never do. "
                    + $"Set {nameof(CheckpointMode)}.{nameof(CheckpointMode.Unaligned)} as well.",
                nameof(AlignedCheckpointTimeout));
        }

        if (CheckpointMode == CheckpointMode.Unaligned && MaxConcurrentCheckpoints > 1)
        {
            throw new ArgumentException(
                $"{nameof(MaxConcurrentCheckpoints)} is {MaxConcurrentCheckpoints}, but of unaligned checkpoints one at a time is under "
                    + $"way: the barriers of a second would overtake those of the first. Leave {nameof(MaxConcurrentCheckpoints)} at 1.",
                nameof(MaxConcurrentCheckpoints));
        }
    }
}
