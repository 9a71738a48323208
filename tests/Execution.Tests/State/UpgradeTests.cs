using System.Runtime.CompilerServices;
using Weir.Execution.Tests.Pipelines;

namespace Weir.Execution.Tests.State;

/// <summary>One version of a job stops in the middle of its windows, and the next goes on from its checkpoint.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-upgrade-");

    // The half that the first version reads has level and maybe of different sums.
    private static readonly Reading[] Readings = [.. Enumerable.Range(1, 40)
        .Select(i => new Reading($"s{i % 3}", i, i, 0, 0, 0, 100 * i, null, null, default))];

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task H29_a_version_with_other_members_goes_on_where_the_last_one_was(bool interpreted)
    {
        var warnings = new List<string>();
        var results = await Upgrade(Upgrades.First, Upgrades.Grown, interpreted, warnings.Add);
        Assert.Equal(await Undisturbed(Upgrades.First), results);
        Assert.Contains(warnings, warning =>
            warning.Contains("'accumulator.Added' (int) was not there and begins with its default", StringComparison.Ordinal));
    }

    [Fact]
    public async Task H30_the_same_version_is_never_refused() =>
        Assert.Equal(await Undisturbed(Upgrades.First), await Upgrade(Upgrades.First, Upgrades.First, interpreted: false));

    [Fact]
    public async Task H27_a_name_in_front_of_those_of_an_enum_in_a_key_is_refused_by_its_member()
    {
        var refused = await Assert.ThrowsAsync<JobException>(() => Upgrade(Upgrades.First, Upgrades.Shifted, interpreted: false));
        Assert.Contains("'key.Tier' has other numbers for the names of the enum", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H28_a_second_aggregate_in_front_takes_nothing_and_is_refused_with_a_request_for_ids()
    {
        var refused = await Assert.ThrowsAsync<JobException>(() => Upgrade(Upgrades.First, Upgrades.Doubled, interpreted: false));
        Assert.Contains("there was 1 Aggregate without an id of its own, and there are 2 now", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sums_that_have_changed_places_are_found_by_what_they_add_up()
    {
        var results = await Upgrade(Upgrades.TwoSums, Upgrades.SwappedSums, interpreted: false);
        Assert.Equal(await Undisturbed(Upgrades.SwappedSums), results);
    }

    [Fact]
    public async Task An_answer_that_was_not_kept_is_refused()
    {
        var refused = await Assert.ThrowsAsync<JobException>(() => Upgrade(Upgrades.TwoSums, Upgrades.MoreSums, interpreted: false));
        Assert.Contains("Max($0.Level)' was not kept", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A checkpoint of each format lies beside this file. It was taken in the middle of the windows of <see cref="Upgrades.First"/>, and
    /// every later version reads it. <c>UPDATE_SNAPSHOTS=1</c> writes the newest anew.
    /// </summary>
    [Theory]
    [InlineData("format-3", nameof(Upgrades.First))]
    [InlineData("format-3", nameof(Upgrades.Grown))]
    public async Task A_checkpoint_of_every_format_is_read_for_ever(string format, string version)
    {
        var golden = Golden(format);
        var job = Path.Combine(_directory.FullName, "upgrade");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await Half(new FailingSource<Reading>(Readings), Upgrades.First, interpreted: false);
            foreach (var older in Directory.GetDirectories(job, "chk-*").OrderDescending(StringComparer.Ordinal).Skip(1))
            {
                Directory.Delete(older, recursive: true);
            }

            Copy(job, golden);
            Directory.Delete(job, recursive: true);
        }

        Copy(golden, job);
        var sink = new ListSink<Summary>();
        var second = new Job("upgrade");
        (version == nameof(Upgrades.First) ? (Action<Job, ISource<Reading>, ISink<Summary>>)Upgrades.First : Upgrades.Grown)(
            second, new ListSource<Reading>(Readings), sink);
        var result = await second.RunAsync(Options(interpreted: false, _ => { }), TestContext.Current.CancellationToken);

        // Half of the records came from the checkpoint.
        Assert.Equal(await Undisturbed(Upgrades.First), [.. sink.Records.Select(summary => $"{summary}").Order(StringComparer.Ordinal)]);
        Assert.NotNull(result.RestoredFrom);
        Assert.Equal(Readings.Length / 2, result.RecordsIn);
    }

    private static string Golden(string format, [CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "_golden", format);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private async Task Half(FailingSource<Reading> source, Action<Job, ISource<Reading>, ISink<Summary>> define, bool interpreted)
    {
        var first = new Job("upgrade");
        define(first, source, new ListSink<Summary>());
        await Assert.ThrowsAnyAsync<Exception>(() => first.RunAsync(Options(interpreted, happened =>
        {
            if (happened is JobEvent.CheckpointCompleted)
            {
                source.CheckpointCompleted();
            }
        }), TestContext.Current.CancellationToken));
    }

    private async Task<List<string>> Upgrade(
        Action<Job, ISource<Reading>, ISink<Summary>> then,
        Action<Job, ISource<Reading>, ISink<Summary>> now,
        bool interpreted,
        Action<string>? warn = null)
    {
        var source = new FailingSource<Reading>(Readings);
        await Half(source, then, interpreted);
        var sink = new ListSink<Summary>();
        var second = new Job("upgrade");
        now(second, source, sink);
        await second.RunAsync(Options(interpreted, happened =>
        {
            if (happened is JobEvent.Warning warning)
            {
                warn?.Invoke(warning.Message);
            }
        }), TestContext.Current.CancellationToken);
        Assert.Equal(source.Delivered, source.ResumedAt);
        return [.. sink.Records.Select(summary => $"{summary}").Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> Undisturbed(Action<Job, ISource<Reading>, ISink<Summary>> define)
    {
        var (records, _) = await BothWays.Run(define, Readings, parallelism: 1, capacity: 1024, interpreted: true);
        return [.. records.Select(summary => $"{summary}").Order(StringComparer.Ordinal)];
    }

    private JobOptions Options(bool interpreted, Action<JobEvent> onEvent) => new()
    {
        Interpreted = interpreted,
        CheckpointDirectory = _directory.FullName,
        CheckpointInterval = TimeSpan.FromMilliseconds(1),
        RestartStrategy = RestartStrategy.None,
        OnEvent = onEvent,
    };
}
