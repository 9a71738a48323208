namespace Weir.Hosting;

/// <summary>
/// What a configuration says of a job: section <c>Weir:Jobs:‹name›</c>, over <c>Weir:Defaults</c>. What is null is as in
/// <see cref="JobOptions"/>, where each member is described.
/// </summary>
public sealed class JobSettings
{
    /// <summary>Gets or sets a value indicating whether the job runs in this host. True by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how the job ends when the host stops. <see cref="ShutdownMode.Drain"/> by default.</summary>
    public ShutdownMode Shutdown { get; set; }

    /// <summary>
    /// Gets or sets the directory for savepoints of <see cref="ShutdownMode.Savepoint"/>: each gets a new directory in it, named by the job
    /// and the time. Null by default; needed for that mode.
    /// </summary>
    public string? SavepointDirectory { get; set; }

    /// <inheritdoc cref="JobOptions.Parallelism"/>
    public int? Parallelism { get; set; }

    /// <inheritdoc cref="JobOptions.CheckpointInterval"/>
    public TimeSpan? CheckpointInterval { get; set; }

    /// <inheritdoc cref="JobOptions.CheckpointDirectory"/>
    public string? CheckpointDirectory { get; set; }

    /// <inheritdoc cref="JobOptions.CheckpointTimeout"/>
    public TimeSpan? CheckpointTimeout { get; set; }

    /// <inheritdoc cref="JobOptions.CallTimeout"/>
    public TimeSpan? CallTimeout { get; set; }

    /// <inheritdoc cref="JobOptions.MinPause"/>
    public TimeSpan? MinPause { get; set; }

    /// <inheritdoc cref="JobOptions.MaxConcurrentCheckpoints"/>
    public int? MaxConcurrentCheckpoints { get; set; }

    /// <inheritdoc cref="JobOptions.CheckpointMode"/>
    public CheckpointMode? CheckpointMode { get; set; }

    /// <inheritdoc cref="JobOptions.AlignedCheckpointTimeout"/>
    public TimeSpan? AlignedCheckpointTimeout { get; set; }

    /// <inheritdoc cref="JobOptions.TolerableFailures"/>
    public int? TolerableFailures { get; set; }

    /// <inheritdoc cref="JobOptions.RetainedCheckpoints"/>
    public int? RetainedCheckpoints { get; set; }

    /// <inheritdoc cref="JobOptions.RestoreFrom"/>
    public string? RestoreFrom { get; set; }

    /// <inheritdoc cref="JobOptions.AllowNonRestoredState"/>
    public bool? AllowNonRestoredState { get; set; }

    /// <inheritdoc cref="JobOptions.RepeatedFailureLimit"/>
    public int? RepeatedFailureLimit { get; set; }

    /// <inheritdoc cref="JobOptions.BatchCapacity"/>
    public int? BatchCapacity { get; set; }

    /// <inheritdoc cref="JobOptions.ChannelCapacity"/>
    public int? ChannelCapacity { get; set; }

    /// <inheritdoc cref="JobOptions.ChannelCapacityBytes"/>
    public long? ChannelCapacityBytes { get; set; }

    /// <inheritdoc cref="JobOptions.KeyGroupCount"/>
    public int? KeyGroupCount { get; set; }

    /// <inheritdoc cref="JobOptions.Guarantee"/>
    public Guarantee? Guarantee { get; set; }

    /// <inheritdoc cref="JobOptions.Interpreted"/>
    public bool? Interpreted { get; set; }

    /// <inheritdoc cref="JobOptions.MaxRecordsPerSecond"/>
    public double? MaxRecordsPerSecond { get; set; }

    /// <summary>Gets what happens after a failure.</summary>
    public RestartSettings Restart { get; } = new();

    /// <summary>What the settings make of options.</summary>
    /// <param name="options">What holds where they say nothing.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal JobOptions Over(JobOptions options) => options with
    {
        Parallelism = Parallelism ?? options.Parallelism,
        CheckpointInterval = CheckpointInterval ?? options.CheckpointInterval,
        CheckpointDirectory = CheckpointDirectory ?? options.CheckpointDirectory,
        CheckpointTimeout = CheckpointTimeout ?? options.CheckpointTimeout,
        CallTimeout = CallTimeout ?? options.CallTimeout,
        MinPause = MinPause ?? options.MinPause,
        MaxConcurrentCheckpoints = MaxConcurrentCheckpoints ?? options.MaxConcurrentCheckpoints,
        CheckpointMode = CheckpointMode ?? options.CheckpointMode,
        AlignedCheckpointTimeout = AlignedCheckpointTimeout ?? options.AlignedCheckpointTimeout,
        TolerableFailures = TolerableFailures ?? options.TolerableFailures,
        RetainedCheckpoints = RetainedCheckpoints ?? options.RetainedCheckpoints,
        RestoreFrom = RestoreFrom ?? options.RestoreFrom,
        AllowNonRestoredState = AllowNonRestoredState ?? options.AllowNonRestoredState,
        RepeatedFailureLimit = RepeatedFailureLimit ?? options.RepeatedFailureLimit,
        BatchCapacity = BatchCapacity ?? options.BatchCapacity,
        ChannelCapacity = ChannelCapacity ?? options.ChannelCapacity,
        ChannelCapacityBytes = ChannelCapacityBytes ?? options.ChannelCapacityBytes,
        KeyGroupCount = KeyGroupCount ?? options.KeyGroupCount,
        Guarantee = Guarantee ?? options.Guarantee,
        Interpreted = Interpreted ?? options.Interpreted,
        MaxRecordsPerSecond = MaxRecordsPerSecond ?? options.MaxRecordsPerSecond,
        RestartStrategy = Restart.ToStrategy() ?? options.RestartStrategy,
    };
}
