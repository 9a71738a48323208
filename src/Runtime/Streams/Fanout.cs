namespace Weir.Runtime.Streams;

/// <summary>A branch: hands each batch to every user of a stream, in the same subtask, one after the other.</summary>
internal sealed class Fanout<T>(Receiver<T>[] users) : Receiver<T>, ICounted
{
    public void CountBy(RecordCounter counter) => ((ICounted)users[0]).CountBy(counter);

    public override void OnBatch(Batch<T> batch)
    {
        foreach (var user in users)
        {
            user.OnBatch(batch);
        }
    }

    public override void OnWatermark(Watermark watermark)
    {
        foreach (var user in users)
        {
            user.OnWatermark(watermark);
        }
    }

    public override void OnIdle(bool isIdle)
    {
        foreach (var user in users)
        {
            user.OnIdle(isIdle);
        }
    }
}

/// <summary>A branch behind a <c>KeyBy</c>: sends each record to the owner of its key in every chain that uses the keyed stream.</summary>
internal sealed class KeyFanout<T>(KeyExchange<T>[] users) : KeyExchange<T>, ICounted
{
    public void CountBy(RecordCounter counter) => ((ICounted)users[0]).CountBy(counter);

    public override void Add(in T value, long time, uint stableHash)
    {
        foreach (var user in users)
        {
            user.Add(value, time, stableHash);
        }
    }

    public override void Flush()
    {
        foreach (var user in users)
        {
            user.Flush();
        }
    }

    public override void OnWatermark(Watermark watermark)
    {
        foreach (var user in users)
        {
            user.OnWatermark(watermark);
        }
    }

    public override void OnIdle(bool isIdle)
    {
        foreach (var user in users)
        {
            user.OnIdle(isIdle);
        }
    }
}
