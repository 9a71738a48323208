using System.Threading.Channels;

namespace Weir;

/// <summary>Writes to a channel, waits where it is full, and completes it when the run of the job has ended.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="channel">The channel's writing end.</param>
internal sealed class ChannelSink<T>(ChannelWriter<T> channel)
    : FunctionSink<T>($"a channel of {typeof(T).Name.Split('`')[0]}", (record, cancellation) => WriteAsync(channel, record, cancellation)),
        IRunScoped
{
    public ValueTask EndRunAsync(Exception? failure)
    {
        channel.TryComplete(failure);
        return ValueTask.CompletedTask;
    }

    private static async ValueTask WriteAsync(ChannelWriter<T> channel, T record, CancellationToken cancellation)
    {
        try
        {
            await channel.WriteAsync(record, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new SequenceException(
                "The channel has been completed by somebody else, so that nobody takes records any more. The job completes it when it "
                    + "ends; to stop the job, cancel it.", closed);
        }
    }
}
