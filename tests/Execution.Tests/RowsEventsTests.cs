using System.Text;
using Weir.Execution.Tests.Pipelines;
using Weir.Testing;

namespace Weir.Execution.Tests;

/// <summary>What a job tells of the files it reads.</summary>
public sealed class RowsEventsTests
{
    private readonly SimulatedFileSystem _files = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task H12_A_member_without_a_column_is_one_warning_a_source(int parallelism)
    {
        for (var i = 0; i < 5; i++)
        {
            _files.Put($"/in/{i}.csv",
                Encoding.UTF8.GetBytes($"departure,distance,carrier,air_time\n2001-01-01T00:00:00,{i},Delta,00:10\n"));
        }

        var (records, warnings, _) = await Run("/in", MalformedRows.Fail, parallelism);

        Assert.Equal(5, records.Count);
        Assert.All(records, record => Assert.Null(record.Delay));
        var warning = Assert.Single(warnings);
        Assert.Contains("delay", warning, StringComparison.Ordinal);
        Assert.Contains("air_time", warning, StringComparison.Ordinal);
        Assert.Contains("'from'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H54_Skipped_lines_are_counted_exactly_and_at_least_one_warning_says_so()
    {
        const int Lines = 20_000;
        var content = new StringBuilder("departure,distance,delay,carrier,air\n");
        for (var i = 0; i < Lines; i++)
        {
            content.Append("2001-01-01T00:00:00,1,,Delta,\n01/02/2001,1,,Delta,\n");
        }

        _files.Put("/in.csv", Encoding.UTF8.GetBytes(content.ToString()));

        var (records, warnings, result) = await Run("/in.csv", MalformedRows.WriteTo("/rejected"), parallelism: 2);

        Assert.Equal(Lines, records.Count);
        Assert.Equal(Lines, result.Skipped);
        Assert.InRange(warnings.Count, 1, 5);
        Assert.Contains("'/in.csv'", warnings[0], StringComparison.Ordinal);
        Assert.Contains("'departure'", warnings[0], StringComparison.Ordinal);
        Assert.InRange(_files.ListFiles("/rejected").Count, 1, 2);
    }

    private async Task<(List<RowsSample.Hop> Records, List<string> Warnings, JobResult Result)> Run(
        string path, MalformedRows onMalformed, int parallelism)
    {
        var job = new Job("rows");
        var sink = new ListSink<RowsSample.Hop>();
        var warnings = new List<string>();
        job.From(Csv.Read<RowsSample.Hop>(
            path, new CsvOptions { FileSystem = _files, OnMalformed = onMalformed, MinSplitSizeBytes = 1000 })).Id("from").To(sink);
        var options = new JobOptions
        {
            Parallelism = parallelism,
            Interpreted = true,
            RestartStrategy = RestartStrategy.None,
            OnEvent = Heard
        };

        var result = await job.RunAsync(options, TestContext.Current.CancellationToken);
        return (sink.Records, warnings, result);

        void Heard(JobEvent told)
        {
            if (told is JobEvent.Warning warning)
            {
                warnings.Add(warning.Message);
            }
        }
    }
}
