using System.Globalization;

namespace Weir.FlightDelays.Tests;

/// <summary>A job that was stopped, by whatever, ends with the rows of one that was not.</summary>
public sealed class RecoveryTests(RecoveryTests.Undisturbed undisturbed) : IClassFixture<RecoveryTests.Undisturbed>, IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("1", "--interpreted")]
    [InlineData("2")]
    [InlineData("3")]
    public void Rows_do_not_depend_on_parallelism_or_on_generated_code(string parallelism, params string[] others)
    {
        Succeeded(_place.Run(["--parallelism", parallelism, .. others]));

        Assert.Equal(undisturbed.Rows, _place.Rows());
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("2", "1")]
    public void A_killed_job_resumes_with_another_parallelism(string before, string after)
    {
        _place.RunHalf("--parallelism", before);
        Assert.NotEmpty(_place.Rows().Intersect(undisturbed.Rows));

        Assert.Contains("Resumed from chk-", Succeeded(_place.Run("--parallelism", after)), StringComparison.Ordinal);
        Assert.Equal(undisturbed.Rows, _place.Rows());
    }

    [Fact]
    public void Running_again_after_the_end_changes_nothing()
    {
        Succeeded(_place.Run());
        var files = Files();

        Assert.Contains("Resumed from chk-", Succeeded(_place.Run()), StringComparison.Ordinal);
        Assert.Equal(files, Files());
        Assert.Equal(undisturbed.Rows, _place.Rows());
    }

    [Fact]
    public void A_damaged_checkpoint_is_said_and_the_one_before_is_used()
    {
        _place.RunHalf();
        var numbers = _place.CheckpointNumbers();
        var manifest = _place.Manifest(numbers[^1]);
        var bytes = File.ReadAllBytes(manifest);
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(manifest, bytes);

        var output = Succeeded(_place.Run());

        Assert.Contains($"Checkpoint chk-{numbers[^1]} of attempt 1 in {_place.At("chk")} is damaged", output, StringComparison.Ordinal);
        Assert.Contains("are withdrawn", output, StringComparison.Ordinal);
        Assert.Contains($"Resumed from chk-{numbers[^2]} of attempt 1", output, StringComparison.Ordinal);
        Assert.Equal(undisturbed.Rows, _place.Rows());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void H02_a_killed_job_whose_input_was_replaced_is_refused_and_one_whose_input_has_grown_goes_on(bool isReplaced)
    {
        const int Flights = 40_000;
        string[] input = ["--input", _place.WriteInput("in.csv", Flights)];
        _place.RunHalf(input);
        var rows = _place.Rows();
        var length = new FileInfo(_place.At("in.csv")).Length;
        if (isReplaced)
        {
            File.WriteAllText(_place.At("in.csv"), File.ReadAllText(_place.At("in.csv")).Replace("ATL", "BOS", StringComparison.Ordinal));
            Assert.Equal(length, new FileInfo(_place.At("in.csv")).Length);

            var (exitCode, output) = _place.Run(input);

            Assert.True(exitCode == 1, output);
            Assert.Contains($"The content of the input file '{_place.At("in.csv")}' has changed since it was listed", output,
                StringComparison.Ordinal);
            Assert.DoesNotContain("BOS", string.Concat(_place.Rows()), StringComparison.Ordinal);
        }
        else
        {
            File.AppendAllText(_place.At("in.csv"), "2031-01-01T00:00:00,1,1,ATL,ORD\n");
            Assert.Contains("Resumed from chk-", Succeeded(_place.Run(input)), StringComparison.Ordinal);
        }

        Assert.Equal(rows, _place.Rows().Intersect(rows).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void H21_lost_checkpoints_and_kept_output_are_refused_with_the_number_of_files()
    {
        _place.RunHalf();
        var rows = _place.Rows();
        var files = Directory.EnumerateFiles(_place.Output, "part-*.jsonl").Count();
        Directory.Delete(_place.At("chk"), recursive: true);

        var (exitCode, output) = _place.Run();

        Assert.Equal(1, exitCode);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"holds {files} finished files of this job, without a checkpoint"),
            output, StringComparison.Ordinal);
        Assert.Contains("KeepsExistingOutput", output, StringComparison.Ordinal);
        Assert.Equal(rows, _place.Rows());

        Directory.Delete(_place.Output, recursive: true);
        Directory.Delete(_place.At("chk"), recursive: true);
        Succeeded(_place.Run());
        Assert.Equal(undisturbed.Rows, _place.Rows());
    }

    [Fact]
    public void H22_an_output_directory_that_is_removed_ends_the_job_with_one_error()
    {
        using var process = FlightDelaysProcess.Start(_place.Root, [], _place.Options("--rate", "2000", "--interval", "50"));
        Assert.True(SpinWait.SpinUntil(() => _place.CheckpointNumbers().Length > 1, TimeSpan.FromSeconds(60)), process.Output);
        Directory.Delete(_place.Output, recursive: true);

        var (exitCode, output) = process.Wait();

        Assert.True(exitCode == 1, output);
        Assert.Contains($"The output directory '{_place.Output}' was removed, emptied or replaced while the job was running", output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("retrying", output, StringComparison.Ordinal);
    }

    [Fact]
    public void H23_finished_files_may_be_taken_away_while_the_job_is_stopped()
    {
        _place.RunHalf();
        var taken = Directory.CreateDirectory(_place.At("taken")).FullName;
        foreach (var file in Directory.EnumerateFiles(_place.Output, "part-*.jsonl").ToList())
        {
            File.Move(file, Path.Combine(taken, Path.GetFileName(file)));
        }

        Succeeded(_place.Run());

        var rows = Directory.EnumerateFiles(taken).SelectMany(File.ReadLines).Concat(_place.Rows());
        Assert.Equal(undisturbed.Rows, rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_a_whole_checkpoint_the_job_does_not_begin_anew()
    {
        _place.RunHalf();
        foreach (var checkpoint in _place.CheckpointNumbers())
        {
            File.WriteAllBytes(_place.Manifest(checkpoint), []);
        }

        var (exitCode, output) = _place.Run();

        Assert.Equal(1, exitCode);
        Assert.Contains("every checkpoint in", output, StringComparison.Ordinal);
        Assert.Contains("Restore the directory from a copy", output, StringComparison.Ordinal);
    }

    // A limit to the size of files fails writes as a full disk does, and needs neither root nor a disk. The runtime would map its code by a
    // file.
    [Fact]
    public void A_disk_that_takes_no_more_fails_the_job_with_the_path_and_loses_nothing_finished()
    {
        _place.RunHalf();
        var finished = _place.Rows();

        using (var limited = FlightDelaysProcess.Start(
            _place.Root, ["bash", "-c", "trap '' XFSZ; ulimit -f 64; export DOTNET_EnableWriteXorExecute=0; exec \"$@\"", "limited"],
            _place.Options("--interval", "60000")))
        {
            var (exitCode, output) = limited.Wait();
            Assert.True(exitCode == 1, output);
            Assert.Contains(Path.Combine(_place.Output, ".part-"), output, StringComparison.Ordinal);
            Assert.Contains("nothing finished is lost", output, StringComparison.Ordinal);
            Assert.DoesNotContain("retrying", output, StringComparison.Ordinal);
        }

        Assert.Empty(finished.Except(_place.Rows()));
        Succeeded(_place.Run());
        Assert.Equal(undisturbed.Rows, _place.Rows());
    }

    private static string Succeeded((int ExitCode, string Output) run)
    {
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output;
    }

    private string[] Files() => [.. Directory.EnumerateFiles(_place.Output)
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file} {File.GetLastWriteTimeUtc(file):O}"))
        .Order(StringComparer.Ordinal)];

    /// <summary>The rows of a run that nothing happened to.</summary>
    public sealed class Undisturbed
    {
        public Undisturbed()
        {
            using var place = new Workplace();
            Succeeded(place.Run());
            Rows = place.Rows();
            Assert.NotEmpty(Rows);
        }

        public string[] Rows { get; }
    }
}
