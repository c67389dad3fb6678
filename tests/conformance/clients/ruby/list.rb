# Lists namespaces through kubeclient: once, or for each line of the FIFO given, with a new client for the line "new".
require 'kubeclient'

def connect
  context = Kubeclient::Config.read(ENV['KUBECONFIG'] || "#{Dir.home}/.kube/config").context
  Kubeclient::Client.new(context.api_endpoint, 'v1', ssl_options: context.ssl_options,
                                                     auth_options: context.auth_options)
end

def list(client)
  puts "ok #{client.get_namespaces.map { |item| item.metadata.name }.join(',')}"
  true
rescue Kubeclient::HttpError, SystemCallError, OpenSSL::SSL::SSLError => e
  code = e.respond_to?(:error_code) ? e.error_code : ''
  puts "error #{code} #{e.message.tr("\n", ' ')}"
  false
end

$stdout.sync = true
client = connect
exit(list(client)) if ARGV.empty?
File.foreach(ARGV[0]) do |line|
  client = connect if line == "new\n"
  list(client)
end
