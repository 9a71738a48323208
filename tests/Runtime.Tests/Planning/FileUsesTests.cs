using Weir.Runtime.Planning;
using Weir.Testing;

namespace Weir.Runtime.Tests.Planning;

public sealed class FileUsesTests
{
    private readonly SimulatedFileSystem _files = new();

    [Theory]
    [InlineData("/out", "/out/", true)]
    [InlineData("/out", "/out/../out", true)]
    [InlineData("/out", "/out/late", false)]
    [InlineData("/out", "/late", false)]
    public void Two_sinks_of_one_job_cannot_share_a_directory(string first, string second, bool isRefused)
    {
        var job = new Job("j");
        var rows = job.From(Csv.Read<FilesRow>("/in", new CsvOptions { FileSystem = _files }));
        rows.To(Weir.Files.JsonLines<FilesRow>(first));
        rows.To(Weir.Files.Csv<FilesRow>(second)).Id("late");

        Check(job, isRefused ? "'To-1' and 'late' of this job share the output directory '/out'" : null);
    }

    [Theory]
    [InlineData("/data", "/data", true)]
    [InlineData("/data/*.jsonl", "/data", true)]
    [InlineData("/data/*.csv", "/data", false)]
    [InlineData("/data/in.csv", "/data", false)]
    [InlineData("/data", "/data/out", false)]
    public void A_sink_cannot_write_where_a_source_of_the_job_reads(string input, string output, bool isRefused)
    {
        var job = new Job("j");
        job.From(Csv.Read<FilesRow>(input, new CsvOptions { FileSystem = _files })).To(Weir.Files.JsonLines<FilesRow>(output));

        Check(job, isRefused ? "'To-1' writes to '/data', and 'From-1' reads what is there" : null);
    }

    private static void Check(Job job, string? expected)
    {
        var refused = Record.Exception(() => FileUses.Check(job.Graph));
        Assert.Equal(expected is null, refused is null);
        Assert.Contains(expected ?? "", refused?.Message ?? "", StringComparison.Ordinal);
    }
}
