using System.Diagnostics;
using System.Globalization;

namespace Weir.Kills.Tests.Topics;

/// <summary>A job from topic to topic, its topics and its input, and all that is done to it.</summary>
internal sealed class TopicsRun : IAsyncDisposable
{
    /// <summary>Partitions of the outputs but sums: with room for some that are added to the input.</summary>
    public const int MorePartitions = 6;

    /// <summary>Partitions of the topic of sums.</summary>
    public const int SumPartitions = 3;

    private const int Partitions = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static int _jobs;

    private readonly string _directory = Directory.CreateTempSubdirectory("weir-topics-").FullName;
    private readonly List<TopicsProcess> _processes = [];
    private readonly Dictionary<string, int> _hits = new(StringComparer.Ordinal);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TopicReader _reader;
    private readonly Verifier _verifier;
    private int _partitions = Partitions;
    private int _starts;
    private int _kills;
    private int _zombies;
    private long _behind;
    private TimeSpan _reading;
    private string _differences = "not compared";

    private TopicsRun(string servers, int seed, string mode)
    {
        (Servers, Seed, Random) = (servers, seed, new Random(seed));
        Job = string.Create(CultureInfo.InvariantCulture, $"topics{Environment.ProcessId}x{Interlocked.Increment(ref _jobs)}");
        _reader = new TopicReader(servers, $"{Job}-group");
        _verifier = new Verifier(_reader, Job, mode == "aligned");
        Mode = mode;
    }

    /// <summary>Gets the job's name, which those of its topics begin with.</summary>
    public string Job { get; }

    /// <summary>Gets the brokers.</summary>
    public string Servers { get; }

    /// <summary>Gets what decides where and when.</summary>
    public Random Random { get; }

    /// <summary>Gets the number that repeats the run.</summary>
    public int Seed { get; }

    /// <summary>Gets how long a transaction may be open.</summary>
    public int TimeoutMs { get; init; } = 60_000;

    /// <summary>
    /// Gets how checkpoints are taken: <c>aligned</c>, <c>unaligned</c>, or <c>mixed</c>: by each start in a way of its own.
    /// </summary>
    public string Mode { get; }

    /// <summary>Gets the mistake that the victim makes.</summary>
    public string Mistake { get; init; } = "";

    /// <summary>Gets how often each failpoint was hit.</summary>
    public IReadOnlyDictionary<string, int> Hits => _hits;

    /// <summary>Gets what fills the input.</summary>
    public Load Load { get; private set; } = null!;

    /// <summary>Gets where the job's checkpoints are.</summary>
    public string Checkpoints => Path.Combine(_directory, "checkpoints");

    /// <summary>Gets the topics that the job writes, and how many partitions they have.</summary>
    public IReadOnlyList<(string Topic, int Partitions)> Outputs =>
        [($"{Job}-copies", MorePartitions), ($"{Job}-counts", MorePartitions), ($"{Job}-sums", SumPartitions)];

    /// <summary>Gets the topic that says what was decided.</summary>
    public string ProgressTopic => $"weir.{Job}.progress";

    private string HitsPath => Path.Combine(_directory, "hits");

    private int HitsRead => File.Exists(HitsPath) ? File.ReadAllLines(HitsPath).Length : 0;

    /// <summary>Makes the topics and begins to fill the input.</summary>
    public static async Task<TopicsRun> OpenAsync(
        int seed, int rate = 1_000, int timeoutMs = 60_000, string mistake = "", string mode = "aligned")
    {
        var run = new TopicsRun(Cluster.Servers(), seed, mode) { TimeoutMs = timeoutMs, Mistake = mistake };
        await Cluster.CreateAsync(run.Servers, [($"{run.Job}-in", Partitions), .. run.Outputs]);
        run.Load = new Load(run.Servers, $"{run.Job}-in", Partitions, rate, seed);
        return run;
    }

    /// <summary>Adds partitions to the input, and fills them.</summary>
    public async Task GrowAsync(int partitions)
    {
        await Cluster.GrowAsync(Servers, $"{Job}-in", partitions);
        _partitions = partitions;
        Load.Grow(partitions);
    }

    /// <summary>Starts the victim.</summary>
    public TopicsProcess Start(int? parallelism = null, string fatal = "")
    {
        _starts++;
        var process = new TopicsProcess(
        [
            $"job={Job}", $"directory={_directory}", $"servers={Servers}", $"mode={ModeOfStart()}",
            Text("parallelism", parallelism ?? Random.Next(1, 4)), Text("interval", Random.Next(20, 150)), Text("timeout", TimeoutMs),
            $"fatal={fatal}", $"mistake={Mistake}",
        ]);
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts the victim, which dies at a point, and waits until it has.</summary>
    public async Task KillAtAsync(string point, int hit, int? parallelism = null)
    {
        var isTold = point == Victim.TopicPoint.InCommit;
        var process = Start(parallelism, string.Create(CultureInfo.InvariantCulture, $"{point}:{hit}{(isTold ? ":tell" : "")}"));
        await HitAsync(process, point, hit);
        if (isTold)
        {
            // From within the call to a little behind its answer.
            await Task.Delay(Random.Next(0, 21));
            process.Kill();
        }

        await process.EndAsync(Patience);
        Assert.True(process.ExitCode == 137, $"{point} at its hit {hit} did not kill, {process}");
        _kills++;
    }

    /// <summary>
    /// Starts the victim and kills it after a time, wherever it is: half of the times once it has completed a checkpoint.
    /// </summary>
    /// <remarks>On a busy machine a process takes seconds to begin: without the other half it would hardly ever get on.</remarks>
    public async Task KillAfterAsync(TimeSpan time)
    {
        var process = Start();
        if (Random.Next(2) == 0)
        {
            await RunsAsync(process, 1);
        }

        await Task.Delay(time);
        process.Kill();
        await process.EndAsync(Patience);
        Assert.True(process.ExitCode == 137, $"it has not lived until it was killed, {process}");
        _kills++;
    }

    /// <summary>Has the victim stand still, starts another one, which goes on with the job, and lets the first one go on.</summary>
    /// <returns>The other one, which is alive.</returns>
    public async Task<TopicsProcess> ReplaceAsync(string point, int hit)
    {
        var zombie = Start(fatal: string.Create(CultureInfo.InvariantCulture, $"{point}:{hit}:stop"));
        await HitAsync(zombie, point, hit);
        var rival = Start();
        await RunsAsync(rival);
        zombie.Thaw();
        await zombie.EndAsync(Patience);
        Assert.True(zombie.ExitCode == 3, $"a zombie that stood still at {point} did not end as one that was shut out, {zombie}");
        Assert.Contains(zombie.Lines, line => line.StartsWith("failed: ", StringComparison.Ordinal)
            && line.Contains($"process {rival.Id} on {Environment.MachineName}", StringComparison.Ordinal));
        _zombies++;

        // It goes on, whatever the zombie has done.
        await RunsAsync(rival);
        return rival;
    }

    /// <summary>Waits until a start of the victim has completed some checkpoints more.</summary>
    public static async Task RunsAsync(TopicsProcess process, int checkpoints = 3)
    {
        var before = process.Checkpoints;
        Assert.True(
            await process.WaitAsync(() => process.Checkpoints >= before + checkpoints, Patience),
            $"no {checkpoints} checkpoints more, {process}");
    }

    /// <summary>Starts the victim, which must refuse to run, and say why.</summary>
    public async Task RefusesAsync(string why)
    {
        var process = Start();
        await process.EndAsync(Patience);
        Assert.True(process.ExitCode == 1, $"it has not refused to run, {process}");
        Assert.Contains(process.Lines, line => line.StartsWith("failed: ", StringComparison.Ordinal)
            && line.Contains(why, StringComparison.Ordinal));
    }

    /// <summary>Says how often records and markers of other programs may split a transaction of the copies in two.</summary>
    public void AllowGaps(int foreign) => _verifier.ForeignGaps = foreign;

    /// <summary>Ends the input, lets the victim come to its end and stop, and compares.</summary>
    public async Task FinishAsync(TopicsProcess? running = null, int parallelism = 2)
    {
        Load.Finish();
        var process = running ?? Start(parallelism);
        var begun = Stopwatch.StartNew();
        IReadOnlyList<string> differences;
        do
        {
            await ReadToEndAsync(process);
            await RunsAsync(process);
            differences = _verifier.Differences(_partitions);
        }
        while (differences.Count > 0 && begun.Elapsed < TimeSpan.FromSeconds(20));

        process.Stop();
        await process.EndAsync(Patience);
        Assert.True(process.ExitCode == 0, $"the last start did not stop, {process}");
        differences = _verifier.Differences(_partitions);
        _differences = string.Create(CultureInfo.InvariantCulture, $"{differences.Count} differences");
        Assert.True(differences.Count == 0, $"{this}{Environment.NewLine}{string.Join(Environment.NewLine, differences)}");
    }

    /// <summary>Whether a transaction is open on the copies: a reader of committed records does not come to their end.</summary>
    public bool IsOpen() => IsOpen($"{Job}-copies", MorePartitions);

    /// <summary>Whether one is open on a topic.</summary>
    public bool IsOpen(string topic, int partitions) => _reader.IsOpen(topic, partitions);

    /// <summary>Waits until the broker has ended the transactions that are open on the copies.</summary>
    public void WaitForBroker() => _reader.ReadPast($"{Job}-copies", MorePartitions);

    /// <summary>Fails if no kill has hit an open transaction.</summary>
    public void WasOpen() => Assert.True(_verifier.Aborted > 0, $"no kill has hit an open transaction: {this}");

    public async ValueTask DisposeAsync()
    {
        Load.Dispose();
        _reader.Dispose();
        foreach (var process in _processes)
        {
            process.Dispose();
        }

        await Task.Run(() => Directory.Delete(_directory, recursive: true));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}: {_starts} starts, {_kills} kills, {_zombies} zombies, {_processes.Sum(one => one.Checkpoints)} checkpoints, ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{_verifier.Records} records, {_verifier.Written} written, {_verifier.Aborted} aborted, {_differences}, ")
        + string.Create(
            CultureInfo.InvariantCulture, $"{_behind} records behind at the end, read in {_reading.TotalSeconds:F0} s, ")
        + string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds:F0} s")
        + (_hits.Count == 0 ? "" : $"; hits: {string.Join(", ", _hits.Select(hit => $"{hit.Key} {hit.Value}"))}");

    private async Task HitAsync(TopicsProcess process, string point, int hit)
    {
        var before = _hits.Values.Sum();
        Assert.True(
            await process.WaitAsync(() => HitsRead > before, Patience), $"{point} was not hit {hit} times: the run is void, {process}");
        Assert.Equal(point, File.ReadAllLines(HitsPath)[^1]);
        _hits[point] = _hits.GetValueOrDefault(point) + 1;
    }

    // However far it is behind, and however busy the machine: it must get on.
    private async Task ReadToEndAsync(TopicsProcess process)
    {
        var watch = Stopwatch.StartNew();
        var behind = Behind();
        _behind = Math.Max(_behind, behind);
        for (var left = behind; left > 0; behind = left)
        {
            Assert.True(
                await process.WaitAsync(() => (left = Behind()) < behind, Patience),
                $"the input is not read on: {behind} records are left of {_behind}, {this}, {process}");
        }

        _reading += watch.Elapsed;
    }

    private long Behind() => _reader.EndsOf($"{Job}-in", _partitions, Confluent.Kafka.IsolationLevel.ReadUncommitted).Sum()
        - _reader.PositionsOf($"{Job}-in", _partitions).Sum();

    private string ModeOfStart() => Mode == "mixed" ? Random.Next(2) == 0 ? "aligned" : "unaligned" : Mode;

    private static string Text(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}={number}");
}
