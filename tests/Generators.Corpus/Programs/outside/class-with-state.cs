// reports: WEIR3002
using Weir;
using Weir.Corpus;


var builder = new Builder(Feed.Of(1, 2, 3));
await builder.Run();

public sealed class Builder(ISource<int> source)
{
    private readonly Job _job = new("corpus");

    public Task Run()
    {
        var stream = _job.From(source).Where(n => n > 1);
        stream.Select(n => n * 2).Where(n => n > 2).To(Caught.As<int>());
        return Play.Run(_job);
    }
}
