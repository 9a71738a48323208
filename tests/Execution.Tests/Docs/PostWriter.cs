namespace Weir.Execution.Tests.Docs;

internal sealed class Post(Func<string, bool> tryPost) : ISink<string>
{
    public string Description => "the post";

    public ISinkWriter<string> Open(SinkContext context) => new PostWriter(tryPost, context.ListState<string>("refused"));
}

internal sealed class PostWriter(Func<string, bool> tryPost, OperatorListState<string> refused) : SinkWriter<string>
{
    public override void Write(Batch<string> batch)
    {
        foreach (var record in batch.Values)
        {
            if (!tryPost(record))
            {
                refused.Add(record);
            }
        }
    }

    // What is refused again is in the checkpoint, and is tried by whoever gets it then.
    public override ValueTask FlushAsync(CancellationToken cancellation)
    {
        refused.Replace(refused.Where(record => !tryPost(record)));
        return ValueTask.CompletedTask;
    }
}
