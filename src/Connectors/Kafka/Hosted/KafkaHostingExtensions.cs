using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Weir;
using Weir.Hosting;
using Weir.KafkaLog.Health;
using Weir.KafkaLog.Hosted;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds Kafka to a host.</summary>
public static class KafkaHostingExtensions
{
    /// <summary>
    /// Adds a connection to a Kafka cluster. Jobs use it by its name (<see cref="KafkaConnection.Named"/>); the first one also where they
    /// name none: <c>Kafka.Read&lt;Order&gt;("orders")</c>.
    /// </summary>
    /// <remarks>
    /// Its servers are in <c>ConnectionStrings:‹name›</c>. Settings lie over that key by key, the later wins:
    /// <c>Weir:Kafka:‹name›:Client</c>, then <c>Consumer</c>, <c>Producer</c> or <c>Admin</c>, then <c>Topics:‹topic›</c>, then the code.
    /// They are checked before anything starts. The connection is a service with its name as the key. The health check
    /// <c>weir-kafka-‹name›</c> looks after it.
    /// </remarks>
    /// <param name="builder">What jobs are added to.</param>
    /// <param name="name">The name of the connection.</param>
    /// <param name="configure">Changes what the configuration says; null for nothing.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The host has a connection of this name.</exception>
    public static WeirBuilder AddKafka(
        this WeirBuilder builder, string name, Func<IServiceProvider, KafkaConnection, KafkaConnection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var services = builder.Services;
        if (services.Any(service => service.IsKeyedService && service.ServiceType == typeof(KafkaConnection)
            && Equals(service.ServiceKey, name)))
        {
            throw new ArgumentException($"The host has a Kafka connection '{name}' already.", nameof(name));
        }

        services.AddKeyedSingleton(name, (provider, _) =>
        {
            var read = KafkaSection.Read(provider.GetRequiredService<IConfiguration>(), name);
            return configure?.Invoke(provider, read) ?? read;
        });
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<KafkaConnection>(name));
        services.TryAddSingleton<KafkaWatches>();
        services.AddKeyedSingleton(name, (provider, _) => new KafkaCheck(
            provider.GetRequiredKeyedService<KafkaConnection>(name),
            provider.GetRequiredService<KafkaWatches>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            $"weir-kafka-{name}", provider => provider.GetRequiredKeyedService<KafkaCheck>(name), HealthStatus.Degraded, ["progress"]));
        services.AddSingleton(new SettingsSection("Kafka", name));
        services.AddOptions<CheckedConnection>(name)
            .Configure<IServiceProvider>((_, provider) => KafkaSection.Check(provider.GetRequiredKeyedService<KafkaConnection>(name)))
            .ValidateOnStart();
        return builder;
    }

    // What the host makes at its start, and nobody else: making it checks the connection.
    private sealed class CheckedConnection;
}
