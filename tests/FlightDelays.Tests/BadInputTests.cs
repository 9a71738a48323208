using Weir.Runtime.Checkpoints.Manifests;

namespace Weir.FlightDelays.Tests;

/// <summary>What goes wrong is said on one line: what, where, and what to do. Retrying is left to what a retry may help.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_missing_file_is_named_with_the_directory_it_was_sought_in() =>
        Refused(_place.Run("--input", "nope.csv"), "There is no file or directory '", "nope.csv", "Check the spelling");

    [Fact]
    public void A_directory_that_may_not_be_read_is_named()
    {
        Directory.CreateDirectory(_place.At("in"));
        _place.WriteInput("in/flights.csv", 10);
        File.SetUnixFileMode(_place.At("in"), UnixFileMode.None);

        // Root may read everything; without that capability it is a user like any other.
        string[] wrapper = Environment.IsPrivilegedProcess
            ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-dac_override,-dac_read_search"]
            : [];
        try
        {
            using var process = FlightDelaysProcess.Start(_place.Root, wrapper, _place.Options("--input", "in"));
            Refused(process.Wait(), "in' may not be listed", "check its permissions");
        }
        finally
        {
            File.SetUnixFileMode(_place.At("in"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData("2001-01-05T00:00:00,abc,500,ATL,JFK", "column 'delay_minutes' holds 'abc'")]
    [InlineData("2001-01-05T00:00:00,5", "2 fields instead of 5")]
    public void A_malformed_row_is_told_with_file_line_and_text(string row, string reason) =>
        Refused(_place.Run("--input", _place.WriteInput("bad.csv", 100, malformed: row)), "Line 53 of '", "bad.csv", reason, row,
            "Correct the line");

    [Fact]
    public void An_unknown_option_is_told_with_the_nearest_and_all_others()
    {
        var (exitCode, output) = _place.Run("--inptu", "x");

        Assert.Equal(2, exitCode);
        Assert.Contains("There is no option '--inptu': did you mean --input?", output, StringComparison.Ordinal);
        Assert.Contains("--input, --output, --checkpoints, --interval, --rate, --parallelism, --interpreted", output,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.Output));
    }

    [Theory]
    [InlineData("--rate", "-3", "from 0")]
    [InlineData("--interval", "often", "from 1")]
    [InlineData("--parallelism", "4000", "from 1 to 128")]
    public void A_number_out_of_range_is_told_with_the_range(string option, string given, string range)
    {
        var (exitCode, output) = _place.Run(option, given);

        Assert.Equal(2, exitCode);
        Assert.Contains($"{option} is '{given}', but must be a whole number {range}", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_where_a_directory_must_be_fails_at_once()
    {
        File.WriteAllText(_place.At("out"), "");
        Refused(_place.Run("--checkpoints", "elsewhere"), "The output directory", "is a file", "Choose another directory");
    }

    [Fact]
    public void A_file_where_checkpoints_must_be_fails_at_once()
    {
        File.WriteAllText(_place.At("chk"), "");
        Refused(_place.Run(), "The checkpoint directory", "is a file", "Choose another directory");
    }

    [Fact]
    public void Checkpoints_of_a_job_with_another_input_are_refused()
    {
        _place.RunHalf();
        var rows = _place.Rows();

        Refused(_place.Run("--input", _place.WriteInput("other.csv", 100)), "the checkpoint reads '", "other.csv",
            "start a new job with its own checkpoint directory");
        Assert.Equal(rows, _place.Rows().Intersect(rows).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Checkpoints_of_a_job_with_another_name_are_refused()
    {
        _place.RunHalf();
        foreach (var checkpoint in _place.CheckpointNumbers())
        {
            var manifest = ManifestFormat.Read(File.ReadAllBytes(_place.Manifest(checkpoint)));
            File.WriteAllBytes(_place.Manifest(checkpoint), ManifestFormat.Write(manifest with { Job = "arrivals" }).Span);
        }

        Refused(_place.Run(), "of another job, 'arrivals'", "Give each job a name and a checkpoint directory of its own");
    }

    [Fact]
    public void Two_processes_on_the_same_directories_are_told_apart()
    {
        using var first = FlightDelaysProcess.Start(_place.Root, [], _place.Options("--rate", "2000", "--interval", "50"));
        Assert.True(SpinWait.SpinUntil(() => _place.CheckpointNumbers().Length > 0, TimeSpan.FromSeconds(60)), first.Output);

        Refused(_place.Run(), "is already running on the checkpoint directory '", "stop it, or give this one another checkpoint directory");
    }

    [Fact]
    public void A_second_job_on_the_same_output_directory_is_refused()
    {
        using var first = FlightDelaysProcess.Start(_place.Root, [], _place.Options("--rate", "2000", "--interval", "50"));
        Assert.True(SpinWait.SpinUntil(() => _place.CheckpointNumbers().Length > 0, TimeSpan.FromSeconds(60)), first.Output);

        Refused(_place.Run("--checkpoints", "elsewhere"), $"The output directory '{_place.Output}' is in use: operator ",
            "job 'flight-delays'", "another output directory");
    }

    private static void Refused((int ExitCode, string Output) run, params string[] parts)
    {
        Assert.True(run.ExitCode == 1, $"exit code {run.ExitCode}: {run.Output}");
        Assert.All(parts, part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("retrying", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', run.Output);
    }
}
